package io.paidonce.providers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** Makes RSA keys and writes them in the texts that a configuration holds. */
public final class KeyText {

  private static final int RSA_BITS = 2048;

  private KeyText() {}

  /** A fresh key pair of the size both networks use; takes some tenths of a second. */
  public static KeyPair newRsaKeyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(RSA_BITS);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM makes no RSA keys", e);
    }
  }

  /** SubjectPublicKeyInfo as PEM, as WeChat Pay hands out its public key. */
  public static String publicKeyPem(PublicKey key) {
    return pem("PUBLIC KEY", key.getEncoded());
  }

  /** SubjectPublicKeyInfo as bare Base64 on one line, as Alipay hands out its public key. */
  public static String publicKeyBase64(PublicKey key) {
    return Base64.getEncoder().encodeToString(key.getEncoded());
  }

  /** PKCS#8 as PEM. */
  public static String privateKeyPem(PrivateKey key) {
    return pem("PRIVATE KEY", key.getEncoded());
  }

  /**
   * Reads what {@link #privateKeyPem} wrote.
   *
   * @throws IllegalArgumentException if the text is no RSA key in PKCS#8 PEM
   */
  public static PrivateKey privateKey(String pem) {
    PemText text =
        PemText.single(pem)
            .filter(found -> found.label().equals("PRIVATE KEY"))
            .orElseThrow(
                () -> new IllegalArgumentException("not one PKCS#8 private key in PEM form"));
    try {
      return KeyFactory.getInstance("RSA")
          .generatePrivate(new PKCS8EncodedKeySpec(text.der().bytes()));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an RSA private key", e);
    }
  }

  private static String pem(String label, byte[] der) {
    String lines = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
  }
}
