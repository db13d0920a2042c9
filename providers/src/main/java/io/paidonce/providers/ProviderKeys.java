package io.paidonce.providers;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads keys of a provider that signs with RSA or with SM2, and says what was pasted instead. Which
 * of the two a key is stands in the key. Each method answers empty exactly when it reported a
 * problem.
 */
public final class ProviderKeys {

  private ProviderKeys() {}

  /** A public key as PEM ({@code BEGIN PUBLIC KEY}) or as bare Base64. */
  public static Optional<? extends PublicKey> read(String text, Problems problems) {
    byte[] sm2 = RsaPublicKeys.isPrivate(text) ? null : sm2(text, "PUBLIC KEY");
    return sm2 == null ? RsaPublicKeys.read(text, problems) : Sm2Keys.publicKey(sm2, problems);
  }

  /** A certificate. Neither chain nor dates are judged. */
  public static Optional<X509Certificate> readCertificate(PemText pem, Problems problems) {
    byte[] der = pem.der().bytes();
    return Sm2Keys.names(der)
        ? Sm2Keys.certificate(der, problems)
        : RsaPublicKeys.readCertificate(pem, problems);
  }

  /** Our own private key as PEM ({@code BEGIN PRIVATE KEY}) or as bare Base64, both PKCS#8. */
  public static Optional<PrivateKey> readPrivate(Secret secret, Problems problems) {
    byte[] sm2 = sm2(secret.reveal(), "PRIVATE KEY");
    return sm2 == null ? RsaPrivateKeys.read(secret, problems) : Sm2Keys.privateKey(sm2, problems);
  }

  // The bytes of what is an SM2 key by its label and its curve.
  private static byte @Nullable [] sm2(String text, String label) {
    PemText pem = PemText.single(text).orElse(null);
    byte[] der =
        pem != null
            ? pem.der().bytes()
            : StrictBase64.decode(PemText.withoutWhitespace(text)).orElse(new byte[0]);
    return (pem == null || pem.label().equals(label)) && Sm2Keys.names(der) ? der : null;
  }
}
