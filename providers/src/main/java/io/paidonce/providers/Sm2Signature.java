package io.paidonce.providers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Base64;
import org.bouncycastle.jcajce.spec.SM2ParameterSpec;

/**
 * SM2 with SM3 (GB/T 32918.2) by the rule of both networks: the standard's default user id, and a
 * signature as DER of its two numbers.
 */
final class Sm2Signature {

  private static final String ALGORITHM = "SM3withSM2";
  // It is digested into every signature; who signs with another id signs something else.
  private static final SM2ParameterSpec USER_ID =
      new SM2ParameterSpec("1234567812345678".getBytes(US_ASCII));

  private Sm2Signature() {}

  /** Whether the Base64 text signs the pieces; a text that is no signature at all signs nothing. */
  static boolean verifies(PublicKey key, String base64, byte[]... pieces) {
    byte[] signature = StrictBase64.decode(base64).orElse(null);
    if (signature == null) {
      return false;
    }
    try {
      Signature sm2 = Signature.getInstance(ALGORITHM, Sm2Keys.provider());
      sm2.setParameter(USER_ID);
      sm2.initVerify(key);
      for (byte[] piece : pieces) {
        sm2.update(piece);
      }
      return sm2.verify(signature);
    } catch (SignatureException e) {
      // Bytes that are not the DER of two numbers.
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a checked SM2 key can't verify " + ALGORITHM, e);
    }
  }

  /** The Base64 signature of the pieces. */
  static String sign(PrivateKey key, byte[]... pieces) {
    try {
      Signature sm2 = Signature.getInstance(ALGORITHM, Sm2Keys.provider());
      sm2.setParameter(USER_ID);
      sm2.initSign(key);
      for (byte[] piece : pieces) {
        sm2.update(piece);
      }
      return Base64.getEncoder().encodeToString(sm2.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("an SM2 private key can't sign " + ALGORITHM, e);
    }
  }
}
