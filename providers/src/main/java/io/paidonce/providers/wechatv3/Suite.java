package io.paidonce.providers.wechatv3;

import io.paidonce.providers.KeySignature;
import java.security.Key;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The algorithms that go together: what a key signs with, and what contents are encrypted with
 * beside it. The key says which suite holds, and an operator put it there; a message that names the
 * other one is refused.
 */
public enum Suite {
  RSA("WECHATPAY2-SHA256-RSA2048", "AEAD_AES_256_GCM"),
  /** SM2 with SM3, and SM4 (国密). */
  SM("WECHATPAY2-SM2-WITH-SM3", "AEAD_SM4_GCM");

  private final String signatureType;
  private final String contentAlgorithm;

  Suite(String signatureType, String contentAlgorithm) {
    this.signatureType = signatureType;
    this.contentAlgorithm = contentAlgorithm;
  }

  /** Of a key that was read by {@link io.paidonce.providers.ProviderKeys}. */
  public static Suite of(Key key) {
    return KeySignature.isRsa(key) ? RSA : SM;
  }

  /** As {@code Wechatpay-Signature-Type} and {@code Authorization} name it. */
  public String signatureType() {
    return signatureType;
  }

  /** As an encrypted content's {@code algorithm} names it. */
  public String contentAlgorithm() {
    return contentAlgorithm;
  }

  static Optional<Suite> ofContent(String algorithm) {
    return Arrays.stream(values())
        .filter(suite -> suite.contentAlgorithm.equals(algorithm))
        .findFirst();
  }

  static boolean isSignatureType(String text) {
    return Arrays.stream(values()).anyMatch(suite -> suite.signatureType.equals(text));
  }

  static String signatureTypes() {
    return Arrays.stream(values()).map(Suite::signatureType).collect(Collectors.joining(", "));
  }
}
