package io.paidonce.providers.wechatv2;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.paidonce.providers.Secret;
import io.paidonce.providers.StrictBase64;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * The encrypted part of a refund's notice: AES-256 under the 32 characters of the API key's MD5 in
 * lower-case hex. ECB hides the content and proves nothing: blocks of notices seen before can be
 * put together to another one.
 */
final class ReqInfo {

  private static final String CIPHER = "AES/ECB/PKCS5Padding";
  private static final Pattern LINE_ENDS = Pattern.compile("[\\r\\n]+");

  private ReqInfo() {}

  /** The fields; empty where this key does not decrypt it to any. */
  static Optional<XmlFields> decrypted(String reqInfo, Secret key) {
    Optional<byte[]> encrypted = StrictBase64.decode(LINE_ENDS.matcher(reqInfo).replaceAll(""));
    if (encrypted.isEmpty()) {
      return Optional.empty();
    }
    try {
      byte[] plain = cipher(Cipher.DECRYPT_MODE, key).doFinal(encrypted.get());
      return Optional.of(XmlFields.parse(plain, XmlFields.REFUND_ROOT));
    } catch (GeneralSecurityException | MalformedXmlException e) {
      // A wrong key is bad padding, mostly; else it is no XML.
      return Optional.empty();
    }
  }

  static String encrypted(byte[] plain, Secret key) {
    try {
      return Base64.getEncoder().encodeToString(cipher(Cipher.ENCRYPT_MODE, key).doFinal(plain));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM can't encrypt with " + CIPHER, e);
    }
  }

  private static Cipher cipher(int mode, Secret key) throws GeneralSecurityException {
    byte[] digest = MessageDigest.getInstance("MD5").digest(key.revealBytes());
    // Of fixed width: a number's own text would drop leading zeros, of one key in sixteen.
    byte[] bytes = HexFormat.of().formatHex(digest).getBytes(US_ASCII);
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, new SecretKeySpec(bytes, "AES"));
    return cipher;
  }
}
