package io.paidonce.providers;

import java.io.ByteArrayInputStream;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.EncodedKeySpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a provider's public key as people paste it, and says what they pasted instead. Each method
 * answers empty exactly when it reported a problem.
 */
public final class RsaPublicKeys {

  /** What a signature of 112 bit strength needs; both networks give no shorter keys. */
  public static final int MIN_BITS = 2048;

  private RsaPublicKeys() {}

  /** A key as PEM ({@code BEGIN PUBLIC KEY}) or as bare Base64, both SubjectPublicKeyInfo. */
  public static Optional<RSAPublicKey> read(String text, Problems problems) {
    if (text.isBlank()) {
      problems.add("is empty; put the provider's public key here.");
      return Optional.empty();
    }
    if (isPrivate(text)) {
      return reportPrivateKey(problems);
    }
    PemText pem = PemText.single(text).orElse(null);
    if (pem != null && !pem.label().equals("PUBLIC KEY")) {
      problems.add("holds a PEM block " + pem.label() + "; a PUBLIC KEY (SPKI) belongs here.");
      return Optional.empty();
    }
    byte[] der =
        pem != null
            ? pem.der().bytes()
            : StrictBase64.decode(PemText.withoutWhitespace(text)).orElse(null);
    if (der == null) {
      problems.add("is neither one whole PEM block nor bare Base64.");
      return Optional.empty();
    }
    return fromSpki(der, problems);
  }

  /** The key inside a certificate. Neither chain nor dates are judged: the operator pinned it. */
  public static Optional<X509Certificate> readCertificate(PemText pem, Problems problems) {
    try {
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(pem.der().bytes()));
      return strongRsa(certificate.getPublicKey(), problems).map(key -> certificate);
    } catch (CertificateException e) {
      problems.add("can't be read as an X.509 certificate.");
      return Optional.empty();
    }
  }

  /** Whether the text holds a private key, which must never stand in a public key's place. */
  public static boolean isPrivate(String text) {
    return text.contains("PRIVATE KEY-----");
  }

  /** The sentence for a private key in a public key's place. */
  public static <T> Optional<T> reportPrivateKey(Problems problems) {
    problems.add(
        "holds a private key; only the provider's public key belongs here. Take it out of the"
            + " configuration, and replace the key pair if anyone else could read the file.");
    return Optional.empty();
  }

  private static Optional<RSAPublicKey> fromSpki(byte[] der, Problems problems) {
    PublicKey key = publicKey("RSA", der);
    if (key != null) {
      return strongRsa(key, problems);
    }
    if (isPkcs8(der)) {
      return reportPrivateKey(problems);
    }
    problems.add(
        publicKey("EC", der) != null
            ? "is an EC key; this provider signs with RSA."
            : "can't be read as a public key (SubjectPublicKeyInfo).");
    return Optional.empty();
  }

  private static Optional<RSAPublicKey> strongRsa(PublicKey key, Problems problems) {
    if (!(key instanceof RSAPublicKey rsa)) {
      problems.add("is a key of type " + key.getAlgorithm() + "; this provider signs with RSA.");
      return Optional.empty();
    }
    int bits = rsa.getModulus().bitLength();
    if (bits < MIN_BITS) {
      problems.add("is an RSA key of " + bits + " bits; at least " + MIN_BITS + " are needed.");
      return Optional.empty();
    }
    return Optional.of(rsa);
  }

  private static @Nullable PublicKey publicKey(String algorithm, byte[] der) {
    try {
      return factory(algorithm).generatePublic(new X509EncodedKeySpec(der));
    } catch (InvalidKeySpecException e) {
      return null;
    }
  }

  private static boolean isPkcs8(byte[] der) {
    EncodedKeySpec spec = new PKCS8EncodedKeySpec(der);
    try {
      factory("RSA").generatePrivate(spec);
      return true;
    } catch (InvalidKeySpecException e) {
      return false;
    }
  }

  private static KeyFactory factory(String algorithm) {
    try {
      return KeyFactory.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM reads no " + algorithm + " keys", e);
    }
  }
}
