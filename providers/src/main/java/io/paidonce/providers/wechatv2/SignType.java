package io.paidonce.providers.wechatv2;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.providers.Secret;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How a message is signed with the key that merchant and provider share. Signed are all fields that
 * are not empty, known or not: a signature over a typed message would lose the fields of tomorrow.
 */
enum SignType {
  /** A digest of the text with the key at its end: weak, and what orders have by default. */
  MD5("MD5") {
    @Override
    byte[] digest(byte[] text, Secret key) throws GeneralSecurityException {
      return MessageDigest.getInstance("MD5").digest(text);
    }
  },
  HMAC_SHA256("HMAC-SHA256") {
    @Override
    byte[] digest(byte[] text, Secret key) throws GeneralSecurityException {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.revealBytes(), "HmacSHA256"));
      return mac.doFinal(text);
    }
  };

  static final String SIGN = "sign";
  static final String SIGN_TYPE = "sign_type";

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final String wireName;

  SignType(String wireName) {
    this.wireName = wireName;
  }

  abstract byte[] digest(byte[] text, Secret key) throws GeneralSecurityException;

  /** As {@code sign_type} and the configuration spell it. */
  String wireName() {
    return wireName;
  }

  static Optional<SignType> named(String wireName) {
    return Arrays.stream(values()).filter(type -> type.wireName.equals(wireName)).findFirst();
  }

  /** The signature of a message's fields; a {@code sign} among them takes no part. */
  String sign(Map<String, String> fields, Secret key) {
    byte[] text = (signedText(fields) + "&key=" + key.reveal()).getBytes(UTF_8);
    try {
      return HEX.formatHex(digest(text, key));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM can't sign with " + wireName, e);
    }
  }

  // Values as they are after parsing: neither trimmed nor encoded.
  private static String signedText(Map<String, String> fields) {
    return new TreeMap<>(fields)
        .entrySet().stream()
            .filter(field -> !field.getKey().equals(SIGN) && !field.getValue().isEmpty())
            .map(field -> field.getKey() + "=" + field.getValue())
            .collect(Collectors.joining("&"));
  }
}
