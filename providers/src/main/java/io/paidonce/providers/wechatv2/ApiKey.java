package io.paidonce.providers.wechatv2;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.providers.Secret;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The APIv2 key and what evidence calls it. Messages name no key.
 *
 * @param id {@code apiv2:} and the first 16 hex digits of a digest, which tells keys apart and
 *     gives none away
 */
record ApiKey(String id, Secret secret) {

  static ApiKey of(Secret secret) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(("name of an APIv2 key\n" + secret.reveal()).getBytes(UTF_8));
      return new ApiKey("apiv2:" + HexFormat.of().formatHex(digest, 0, 8), secret);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM has no SHA-256", e);
    }
  }
}
