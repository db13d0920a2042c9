package io.paidonce.providers.alipay;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.Evidence;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.Callbacks;
import io.paidonce.providers.TestKeys;
import io.paidonce.providers.Verdict;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is kept is enough to judge again, and nothing else is kept. */
class AlipayEvidenceTest {

  @Test
  void theKeyThatVerifiedIsNamedByItsDigest() throws Exception {
    for (KeyPair key : List.of(TestKeys.PLATFORM, AlipayFixture.OLD_KEY)) {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getPublic().getEncoded());
      assertThat(evidence(request(key)).keyId())
          .isEqualTo("sha256:" + HexFormat.of().formatHex(digest).substring(0, 16));
    }
  }

  @Test
  void onlyTheLabelOfTheBodyIsKeptOfTheHeaders() {
    CallbackRequest request = request(TestKeys.PLATFORM);
    CallbackRequest more = Callbacks.withHeader(request, "cookie", List.of("not ours to keep"));
    assertThat(evidence(more).headers())
        .isEqualTo(Map.of("content-type", "application/x-www-form-urlencoded; charset=utf-8"));
    assertThat(evidence(more).body()).isEqualTo(request.body());
  }

  @Test
  void aBodyWithoutALabelIsJudgedTheSame() {
    CallbackRequest request = request(TestKeys.PLATFORM);
    CallbackRequest unlabelled = Callbacks.withHeader(request, "content-type", List.of());
    assertThat(evidence(unlabelled).headers()).isEmpty();
  }

  private static CallbackRequest request(KeyPair key) {
    return Callbacks.received(
        AlipayFixture.signer(key, StandardCharsets.UTF_8)
            .payment(AlipayFixture.NOTICE, Callbacks.NOW));
  }

  private static Evidence evidence(CallbackRequest request) {
    Verdict verdict = AlipayFixture.account().receive(request);
    return ((Verdict.Authentic) verdict).notifications().get(0).evidence();
  }
}
