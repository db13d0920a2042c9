package io.paidonce.providers;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Base64;

/**
 * SHA256withRSA (RSASSA-PKCS1-v1_5), which both networks sign with. The message is given in pieces
 * so that a body is never copied. SHA-1 has methods of its own: nobody comes to it by a parameter.
 */
public final class RsaSignature {

  private static final String SHA256 = "SHA256withRSA";
  private static final String SHA1 = "SHA1withRSA";

  private RsaSignature() {}

  /** Whether the Base64 text signs the pieces; a text that is no signature at all signs nothing. */
  public static boolean verifies(PublicKey key, String base64, byte[]... pieces) {
    return verifiesBy(SHA256, key, base64, pieces);
  }

  /** The same with SHA1withRSA, for accounts that are configured for it. */
  public static boolean verifiesSha1(PublicKey key, String base64, byte[]... pieces) {
    return verifiesBy(SHA1, key, base64, pieces);
  }

  /** The Base64 signature of the pieces. */
  public static String sign(PrivateKey key, byte[]... pieces) {
    return signBy(SHA256, key, pieces);
  }

  /** The same with SHA1withRSA. */
  public static String signSha1(PrivateKey key, byte[]... pieces) {
    return signBy(SHA1, key, pieces);
  }

  private static boolean verifiesBy(
      String algorithm, PublicKey key, String base64, byte[]... pieces) {
    byte[] signature = StrictBase64.decode(base64).orElse(null);
    if (signature == null) {
      return false;
    }
    try {
      Signature rsa = Signature.getInstance(algorithm);
      rsa.initVerify(key);
      for (byte[] piece : pieces) {
        rsa.update(piece);
      }
      return rsa.verify(signature);
    } catch (SignatureException e) {
      // The JDK's way to say that the length does not fit the key.
      return false;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("a checked RSA key can't verify " + algorithm, e);
    }
  }

  private static String signBy(String algorithm, PrivateKey key, byte[]... pieces) {
    try {
      Signature rsa = Signature.getInstance(algorithm);
      rsa.initSign(key);
      for (byte[] piece : pieces) {
        rsa.update(piece);
      }
      return Base64.getEncoder().encodeToString(rsa.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("an RSA private key can't sign " + algorithm, e);
    }
  }
}
