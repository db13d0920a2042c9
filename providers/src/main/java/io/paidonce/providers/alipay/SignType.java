package io.paidonce.providers.alipay;

import io.paidonce.providers.KeySignature;
import io.paidonce.providers.PemText;
import io.paidonce.providers.Problems;
import io.paidonce.providers.ProviderKeys;
import io.paidonce.providers.RsaSignature;
import io.paidonce.providers.Secret;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * Alipay's {@code sign_type}, as an account's configuration states it. It stands outside of what
 * notices sign, so that a message could call for a weaker one: there it is compared, never obeyed.
 */
public enum SignType {
  /** SHA256withRSA. */
  RSA2,
  /** SHA1withRSA, which is weak; for applications that Alipay has not moved to RSA2 yet. */
  RSA,
  /** SM2 with SM3. */
  SM2;

  /** What a key signs by unless RSA is stated: RSA2 or SM2. */
  public static SignType of(Key key) {
    return KeySignature.isRsa(key) ? RSA2 : SM2;
  }

  /** Whether the Base64 text signs the bytes with a key of this type. */
  public boolean verifies(PublicKey key, String base64, byte[] signed) {
    return this == RSA
        ? RsaSignature.verifiesSha1(key, base64, signed)
        : KeySignature.verifies(key, base64, signed);
  }

  /** The Base64 signature of the bytes. */
  public String sign(PrivateKey key, byte[] signed) {
    return this == RSA ? RsaSignature.signSha1(key, signed) : KeySignature.sign(key, signed);
  }

  /** A public key of this type; empty exactly when a problem was reported. */
  Optional<? extends PublicKey> read(String text, Problems problems) {
    return ProviderKeys.read(text, problems).filter(key -> fits(key, problems));
  }

  /** Our own private key of this type; empty exactly when a problem was reported. */
  Optional<PrivateKey> readPrivate(Secret text, Problems problems) {
    return ProviderKeys.readPrivate(text, problems).filter(key -> fits(key, problems));
  }

  /** A certificate of a key of this type; empty exactly when a problem was reported. */
  Optional<X509Certificate> readCertificate(PemText pem, Problems problems) {
    return ProviderKeys.readCertificate(pem, problems)
        .filter(certificate -> fits(certificate.getPublicKey(), problems));
  }

  /** What its keys are called. */
  String keys() {
    return this == SM2 ? "SM2" : "RSA";
  }

  private boolean fits(Key key, Problems problems) {
    if (KeySignature.isRsa(key) == (this != SM2)) {
      return true;
    }
    problems.add(
        "is an "
            + of(key).keys()
            + " key, but signType is "
            + this
            + "; give the "
            + keys()
            + " key, or change signType.");
    return false;
  }
}
