package io.paidonce.providers;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;

/** Throw-away keys, made once in each JVM, and certificates around them. */
public final class TestKeys {

  /** The provider's. */
  public static final KeyPair PLATFORM = KeyText.newRsaKeyPair();

  /** Anybody else's. */
  public static final KeyPair OTHER = KeyText.newRsaKeyPair();

  /** Our own, which requests are signed with. */
  public static final KeyPair MERCHANT = KeyText.newRsaKeyPair();

  private TestKeys() {}

  public static KeyPair weakRsa() {
    return generate("RSA", 1024);
  }

  public static KeyPair ellipticCurve() {
    return generate("EC", 256);
  }

  /** A certificate in PEM form. */
  public static String certificatePem(
      PublicKey key, PrivateKey signer, String serialHex, String subject) {
    return TestCertificate.of(key, signer)
        .serial(serialHex)
        .names("CN=Throw-away Root", subject)
        .pem();
  }

  private static KeyPair generate(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
