package io.paidonce.providers;

import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;

/**
 * The one signature that a key makes: SHA256withRSA of an RSA key, SM2 with SM3 of an SM2 key. The
 * key decides, which an operator put there; what a message calls its algorithm decides nothing.
 */
public final class KeySignature {

  // By its name: a key that lives elsewhere, in a device, shows neither numbers nor interface.
  private static final String RSA = "RSA";

  private KeySignature() {}

  /** Whether the key is of RSA; else it is of SM2. */
  public static boolean isRsa(Key key) {
    return key.getAlgorithm().equals(RSA);
  }

  /** Whether the Base64 text signs the pieces; a text that is no signature at all signs nothing. */
  public static boolean verifies(PublicKey key, String base64, byte[]... pieces) {
    return isRsa(key)
        ? RsaSignature.verifies(key, base64, pieces)
        : Sm2Signature.verifies(key, base64, pieces);
  }

  /** The Base64 signature of the pieces. */
  public static String sign(PrivateKey key, byte[]... pieces) {
    return isRsa(key) ? RsaSignature.sign(key, pieces) : Sm2Signature.sign(key, pieces);
  }
}
