package io.paidonce.providers.hmac;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.Callbacks;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.Verdict;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Signatures that others have published or computed. */
class PublishedHmacVectorsTest {

  @Test
  void ofTheStandardWebhooksLibrary() {
    // Its TestScenario: the body has a blank in it, and the secret is Base64 behind its prefix.
    HmacSigner signer =
        new HmacSigner(
            HmacFixture.config(
                "x",
                "standard-webhooks",
                List.of(HmacFixture.secret("v", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")),
                null,
                HmacFixture.house("json", "minor")));
    assertThat(
            signer
                .bytes(
                    "{\"test\": 2432232314}".getBytes(UTF_8),
                    "msg_p5jXN8AQM9LWM0D4loKWxJek",
                    Instant.ofEpochSecond(1_614_265_330))
                .headers())
        .containsEntry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void ofAStripeEvent() {
    // The key is the whole text: decoded, it would be another.
    HmacSigner signer =
        new HmacSigner(
            HmacFixture.config(
                "x", "stripe", List.of(HmacFixture.secret("v", "whsec_test_secret")), null, null));
    SignedCallback sent =
        signer.bytes(
            "{\"id\":\"evt_1\",\"object\":\"event\"}".getBytes(UTF_8),
            "",
            Instant.ofEpochSecond(1_700_000_000));
    assertThat(sent.headers())
        .containsEntry(
            "stripe-signature",
            "t=1700000000,v1=0c8670ed117751cc551a20e35839447075c42800ea3cf3e8a2fbda99cd1e6edd");
  }

  @Test
  void ofSortedParameters() throws Exception {
    byte[] mac =
        Digest.SHA256.of(
            SignedText.of("{parameters}")
                .bytes(
                    new byte[0],
                    Map.of(),
                    new TreeMap<>(
                        Map.of(
                            "timestamp", "1700000000",
                            "out_trade_no", "ORDER1001",
                            "event_id", "evt_0001",
                            "app_id", "demo_app",
                            "amount", "100"))),
            Digest.SHA256.key("test-secret-v1".getBytes(UTF_8)));
    assertThat(HexFormat.of().formatHex(mac))
        .isEqualTo("742876aa5b7185d86285a6fedeb983f0b067b927990fb9042fc8d65b84373357");
  }

  @Test
  void ofRfc4231() throws Exception {
    // Test case 2, whose key is shorter than any that is configured.
    List<byte[]> pieces =
        List.of("what do ya want ".getBytes(UTF_8), "for nothing?".getBytes(UTF_8));
    assertThat(hex(Digest.SHA256, pieces))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    assertThat(hex(Digest.SHA512, pieces)).startsWith("164b7a7bfcf819e2e395fbe73b56e0a3");
    assertThat(hex(Digest.SHA1, pieces)).isEqualTo("effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
  }

  @Test
  void percentEncodingIsRfc3986() throws Exception {
    List<byte[]> bytes =
        SignedText.of("{encodedParameters}")
            .bytes(new byte[0], Map.of(), new TreeMap<>(Map.of("b", "1&2=3 +~*", "a", "付")));
    assertThat(new String(bytes.get(0), UTF_8)).isEqualTo("a=%E4%BB%98&b=1%262%3D3%20%2B~%2A");
  }

  @Test
  void upperCaseHexIsTheSameSignature() {
    HmacConfig house = HmacFixture.house();
    CallbackRequest sent =
        Callbacks.received(new HmacSigner(house).payment(HmacFixture.NOTICE, Callbacks.NOW));
    String upper = sent.header("x-signature").get(0).toUpperCase(Locale.ROOT);
    assertThat(
            HmacFixture.account(house)
                .receive(Callbacks.withHeader(sent, "x-signature", List.of(upper))))
        .isInstanceOf(Verdict.Authentic.class);
  }

  private static String hex(Digest digest, List<byte[]> pieces) {
    return HexFormat.of().formatHex(digest.of(pieces, digest.key("Jefe".getBytes(UTF_8))));
  }
}
