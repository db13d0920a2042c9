package io.paidonce.providers.alipay;

import io.paidonce.providers.Problems;
import io.paidonce.providers.RsaPublicKeys;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Alipay's keys of one account, in the order they are tried: a notice names none of them. */
final class AlipayKeys {

  private AlipayKeys() {}

  /**
   * One key and what evidence calls it.
   *
   * @param id {@code sha256:} and the first 16 hex digits of the digest of its SubjectPublicKeyInfo
   */
  record Key(String id, PublicKey key) {

    static Key of(PublicKey key) {
      try {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
        return new Key("sha256:" + HexFormat.of().formatHex(digest, 0, 8), key);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("this JVM has no SHA-256", e);
      }
    }
  }

  /** Reads the configured keys; incomplete where a problem was reported. */
  static List<Key> read(AlipayConfig config, Problems problems) {
    List<Key> keys = new ArrayList<>();
    Problems atList = problems.in("alipayPublicKeys");
    if (config.alipayPublicKeys().isEmpty()) {
      atList.add("is missing; give the Alipay public key, or no notice can be verified.");
    }
    for (int i = 0; i < config.alipayPublicKeys().size(); i++) {
      Problems atKey = atList.at(i);
      RsaPublicKeys.read(config.alipayPublicKeys().get(i), atKey)
          .map(Key::of)
          .ifPresent(key -> add(key, keys, atKey));
    }
    checkMixUp(config, keys, problems);
    return keys;
  }

  private static void add(Key key, List<Key> keys, Problems problems) {
    if (keys.contains(key)) {
      problems.add("is the same key as an earlier one (" + key.id() + "); take one out.");
    }
    keys.add(key);
  }

  // The console shows both keys side by side, and the wrong one fails every single notice.
  private static void checkMixUp(AlipayConfig config, List<Key> keys, Problems problems) {
    String text = config.applicationPublicKey();
    if (text == null) {
      return;
    }
    RsaPublicKeys.read(text, problems.in("applicationPublicKey"))
        .map(Key::of)
        .filter(keys::contains)
        .ifPresent(
            own ->
                problems
                    .in("alipayPublicKeys")
                    .at(keys.indexOf(own))
                    .add(
                        "is the application's own public key; copy the Alipay public key, which"
                            + " the console shows after the application's was uploaded."));
  }
}
