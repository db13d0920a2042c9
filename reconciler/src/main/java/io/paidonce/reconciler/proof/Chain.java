package io.paidonce.reconciler.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Links each entry to all before it. A text goes into a hash as its length in bytes, a colon, its
 * UTF-8 bytes and a line feed, so that no two lists of texts give the same bytes.
 */
final class Chain {

  private byte[] link;

  /** Begins with texts that belong to no entry. */
  Chain(List<String> head) {
    MessageDigest digest = sha256();
    head.forEach(text -> add(digest, text));
    link = digest.digest();
  }

  /** The next link, as hex. */
  String next(String name, int bytes, String contentSha256) {
    MessageDigest digest = sha256();
    digest.update(link);
    add(digest, name);
    add(digest, Integer.toString(bytes));
    add(digest, contentSha256);
    link = digest.digest();
    return hex();
  }

  /** The newest link, as hex. */
  String hex() {
    return HexFormat.of().formatHex(link);
  }

  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    digest.update((bytes.length + ":").getBytes(UTF_8));
    digest.update(bytes);
    digest.update((byte) '\n');
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
