package io.paidonce.providers.wechatv3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.RawBytes;
import io.paidonce.contract.Rejection;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.Callbacks;
import io.paidonce.providers.KeySignature;
import io.paidonce.providers.PemText;
import io.paidonce.providers.Problems;
import io.paidonce.providers.ProviderKeys;
import io.paidonce.providers.RsaPublicKeys;
import io.paidonce.providers.Secret;
import io.paidonce.providers.Verdict;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the provider's own SDKs verify and decrypt, we do too: made by nobody here. */
class PublishedVectorsTest {

  private static final String KEY =
      """
      -----BEGIN PUBLIC KEY-----
      MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA2VCTd91fnUn73Xy9DLvt
      /V62TVxRTEEstVdeRaZ3B3leO0pldE806mXO4RwdHXagHQ4vGeZN0yqm++rDsGK+
      U3AH7kejyD2pXshNP9Cq5YwbptiLGtjcquw4HNxJQUOmDeJf2vg6byms9RUipiq4
      SzbJKqJFlUpbuIPDpSpWz10PYmyCNeDGUUK65E5h2B834uxl1zNLYQCrkdBzb8oU
      xwYeP5a2DNxmjL5lsJML7DGr5znsevnoqGRwTm9fxCGfy8wus7hwKz6clt3Whmmd
      a7UAdb1c08hEQFVRbF14AR73xbnd8N0obCWJPCbzMCtkaSef4FdEEgEXJiw0VAJT
      8wIDAQAB
      -----END PUBLIC KEY-----
      """;
  private static final String SIGNATURE =
      "tJHIiIS9eB2hAYstmAmbbD3ZE5LiIm/Ug5tuL4fC0YOFRWIHV39UFIZXC0e9Wl6lBu6sKvkqDkzpqzBsVHyXFlbYZTOQ"
          + "rVdG4b6LfTnK4mikv9++ixJMd3vTf2yCqvBkh98zs3Ds5zsYQakzbcwhmw4fMJs4nPLws28H0UW9FjDR//rxELLw"
          + "XvV1VEA1IBLX70xptjL8hrfUjEE8kkry6yNJTHZRU8CAc7qHli2Ng1V1qb9ARbK8A3ThmFmPQvRGrapI/jS2laKK"
          + "gYUmfdEdkNO6B2Cke5e8VTxY406ArAmQ90GAihDwIcb16TQMnzCMBoutnwZKNiKRACrFmtxw2Q==";
  private static final String BODY =
      "{\"id\":\"3119dfba-e649-5eec-ab1e-3412bc4d2e17\",\"create_time\":\"2021-06-24T16:37:26+08:00\","
          + "\"resource_type\":\"encrypt-resource\",\"event_type\":\"PAYSCORE.USER_OPEN_SERVICE\","
          + "\"summary\":\"签约成功\",\"resource\":{\"original_type\":\"payscore\","
          + "\"algorithm\":\"AEAD_AES_256_GCM\",\"ciphertext\":\"YDS3lKPaC4Y52Gf3uhft5qUBlIa8b428AWTt"
          + "TauHQfQrRw+X1WpiuHIDy0vo1Vd6VEq67aVyqPdDYMkRVSDaZL3iZttevRMOoPKMifozg6XPWjIZumks/GpT48lI"
          + "4NizyeaqLBokNebthah3o1H76qSlO9NkDjp9bzmKLEYYH9TEklFUpsvPqOTOcgSLgh21YJXYR7dEBXFgRLiNIKRg"
          + "O5JdXh1hccRUAlyVWxE54PXpnQ==\",\"associated_data\":\"payscore\",\"nonce\":\"Kj7QIyUiYx1q\"}}";
  private static final String SM2_CERTIFICATE =
      """
      -----BEGIN CERTIFICATE-----
      MIICyTCCAmygAwIBAgIUVOf1ntjfRXDPsUeA6oFS1FpnXuYwDAYIKoEcz1UBg3UF
      ADCBjTFHMEUGA1UEAww+U2hlbiBaaGVuIGlUcnVzQ2hpbmEgQ2xhc3MgRW50ZXJw
      cmlzZSBTdWJzY3JpYmVyIENBIFNNMiAtIFRlc3QxGDAWBgNVBAsMD+a1i+ivlemD
      qOivleeUqDEbMBkGA1UECgwS5aSp6K+a5a6J5L+h6K+V55SoMQswCQYDVQQGEwJD
      TjAeFw0yMjA4MDQxMjE0MTlaFw0yMzA5MDMxMjE0MTlaMGsxCzAJBgNVBAYTAkNO
      MRswGQYDVQQKDBLlvq7kv6HllYbmiLfns7vnu58xKjAoBgNVBAsMIea3seWcs+W4
      guS8n+iNo+enkeaKgOaciemZkOWFrOWPuDETMBEGA1UEAwwKMjQ4MzI4MTc2MTBZ
      MBMGByqGSM49AgEGCCqBHM9VAYItA0IABHvNR/deoZ0EwKcrTacPV90bP5M3zF3R
      JBiBuRNDGTm/aaVe9rRnEMfhckUj0PZG3WlNJIOXb26FDUZjePqLL36jgcgwgcUw
      DAYDVR0TAQH/BAIwADAOBgNVHQ8BAf8EBAMCBsAwHwYDVR0jBBgwFoAUK0Y6T9Ge
      LM7UH4bC1j2avycoZPcwHQYDVR0OBBYEFBmE5STz2WNsXVrgclXrxsl6SCihMGUG
      A1UdHwReMFwwWqBYoFaGVGh0dHA6Ly9ldmNhLml0cnVzLmNvbS5jbi9wdWJsaWMv
      aXRydXNjcmw/Q0E9NzMzNUExQUYzNzRBMUU4QjQwM0FCMUFDMkQwNjVDQUU3NUNB
      QjIzNjAMBggqgRzPVQGDdQUAA0kAMEYCIQDK0r6D8VyiUVMfRnAfz40ZtiG8DJEF
      6Rn41oZ3qPW1aQIhAKtn5sKME+thLQFeyV70VSsraZ7h9Fccal2WzI2oCdtY
      -----END CERTIFICATE-----
      """;
  private static final String SM2_SIGNATURE =
      "MEYCIQD35Rp3CKt7pLme/a0GaCVmwSeOl7X/12+ppRivcJuf6QIhAO5Vpy4tSk9SJUrgH5I5Qy0aYhFG9lN0aof1f5wJ"
          + "OI05";
  private static final CallbackRequest NOTIFICATION =
      new CallbackRequest(
          Map.of(
              "wechatpay-timestamp", List.of("1624523846"),
              "wechatpay-nonce", List.of("EcZ9Cmy4Xyx1i6RlJQzLcCyEqDa26NBz"),
              "wechatpay-serial", List.of("D7CE59D1F522D701"),
              "wechatpay-signature", List.of(SIGNATURE)),
          RawBytes.of(BODY.getBytes(UTF_8)),
          Instant.ofEpochSecond(1624523846),
          Callbacks.DELIVERY);

  @Test
  void theSignatureOfAPublishedNotificationHolds() {
    // Its APIv3 key has 16 bytes, so only the signature can be judged: we get as far as decrypting.
    assertThat(rejectionOf(NOTIFICATION)).isEqualTo(Rejection.UNDECIPHERABLE);
  }

  @Test
  void theSignatureOfAnAlteredPublishedNotificationDoesNot() {
    byte[] altered = BODY.replace("payscore", "payScore").getBytes(UTF_8);
    assertThat(rejectionOf(Callbacks.withBody(NOTIFICATION, altered)))
        .isEqualTo(Rejection.SIGNATURE_MISMATCH);
  }

  @Test
  void thePublishedCiphertextDecrypts() {
    ContentCipher cipher =
        new ContentCipher(List.of(Secret.of("a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb")));
    byte[] nonce = "uluk4a9R25RW".getBytes(UTF_8);
    byte[] ciphertext = Base64.getDecoder().decode("ulwSiIajGClcvcOYvOQ7+l+0PAbzzwI=");
    assertThat(cipher.decrypt(Suite.RSA, nonce, "associatedData", ciphertext))
        .hasValueSatisfying(plain -> assertThat(plain).isEqualTo("message".getBytes(UTF_8)));
    assertThat(cipher.encrypt(Suite.RSA, nonce, "associatedData", "message".getBytes(UTF_8)))
        .isEqualTo(ciphertext);
    assertThat(cipher.decrypt(Suite.RSA, nonce, "associateddata", ciphertext)).isEmpty();
  }

  @Test
  void thePublishedSm4CiphertextDecrypts() {
    byte[] apiV3Key = "a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb".getBytes(UTF_8);
    assertThat(HexFormat.of().formatHex(Sm4Gcm.key(apiV3Key)))
        .isEqualTo("fa2028801e86d45f5638cadafb5db2e9");
    ContentCipher cipher =
        new ContentCipher(List.of(Secret.of("a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb")));
    byte[] nonce = "uluk4a9R25RW".getBytes(UTF_8);
    byte[] ciphertext = Base64.getDecoder().decode("+lcLNfkZQQx+iQm20Apa3x9Mb/5L7PgZ7w==");
    assertThat(cipher.decrypt(Suite.SM, nonce, "associatedData", ciphertext))
        .hasValueSatisfying(plain -> assertThat(plain).isEqualTo("plaintext".getBytes(UTF_8)));
    assertThat(cipher.encrypt(Suite.SM, nonce, "associatedData", "plaintext".getBytes(UTF_8)))
        .isEqualTo(ciphertext);
    assertThat(cipher.decrypt(Suite.SM, nonce, "associateddata", ciphertext)).isEmpty();
    assertThat(cipher.decrypt(Suite.RSA, nonce, "associatedData", ciphertext)).isEmpty();
  }

  @Test
  void thePublishedSm2SignatureHolds() {
    PublicKey key =
        ProviderKeys.readCertificate(PemText.single(SM2_CERTIFICATE).orElseThrow(), Problems.none())
            .orElseThrow()
            .getPublicKey();
    assertThat(Suite.of(key)).isEqualTo(Suite.SM);
    assertThat(KeySignature.verifies(key, SM2_SIGNATURE, "message".getBytes(UTF_8))).isTrue();
    assertThat(KeySignature.verifies(key, SM2_SIGNATURE, "Message".getBytes(UTF_8))).isFalse();
  }

  private static Rejection rejectionOf(CallbackRequest request) {
    PublicKey key = RsaPublicKeys.read(KEY, Problems.none()).orElseThrow();
    Verdict verdict =
        new WechatV3Account(
                WechatV3Fixture.config(List.of()), new KeyRing(Map.of("D7CE59D1F522D701", key)))
            .receive(request);
    return ((Verdict.Refused) verdict).rejection();
  }
}
