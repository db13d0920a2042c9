package io.paidonce.providers.hmac;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The hash that a source's HMAC uses: configured, never the request's choice. */
enum Digest {
  SHA256("HMAC-SHA256", "HmacSHA256"),
  SHA512("HMAC-SHA512", "HmacSHA512"),
  /** Old sources have nothing else. Unbroken as an HMAC, but only where it was asked for. */
  SHA1("HMAC-SHA1", "HmacSHA1");

  private final String wireName;
  private final String jcaName;

  Digest(String wireName, String jcaName) {
    this.wireName = wireName;
    this.jcaName = jcaName;
  }

  static Optional<Digest> named(String wireName) {
    return Arrays.stream(values()).filter(d -> d.wireName.equals(wireName)).findFirst();
  }

  String wireName() {
    return wireName;
  }

  SecretKeySpec key(byte[] bytes) {
    return new SecretKeySpec(bytes, jcaName);
  }

  byte[] of(List<byte[]> pieces, SecretKeySpec key) {
    try {
      Mac mac = Mac.getInstance(jcaName);
      mac.init(key);
      pieces.forEach(mac::update);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no " + jcaName, e);
    }
  }
}
