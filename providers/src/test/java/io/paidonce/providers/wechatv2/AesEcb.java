package io.paidonce.providers.wechatv2;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** The cipher of refunds' notices as others describe it; knows nothing of our code. */
final class AesEcb {

  private AesEcb() {}

  static String encrypted(String plain, String key) {
    try {
      Cipher cipher = Cipher.getInstance("AES/ECB/PKCS5Padding");
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key.getBytes(UTF_8), "AES"));
      return Base64.getEncoder().encodeToString(cipher.doFinal(plain.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String md5Hex(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first of many keys whose digest begins with two zeros. */
  static String keyWithLeadingZeros() {
    int number = 0;
    while (true) {
      String key = "an-api-v2-key-numbered-%09d".formatted(number++);
      if (md5Hex(key).startsWith("00")) {
        return key;
      }
    }
  }
}
