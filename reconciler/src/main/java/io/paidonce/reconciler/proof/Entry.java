package io.paidonce.reconciler.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.paidonce.contract.RawBytes;
import java.util.regex.Pattern;

/**
 * One file of a bundle.
 *
 * @param name its path: segments of letters, digits, '.', '_' and '-', none of which leads upwards
 */
record Entry(String name, RawBytes content) {

  private static final Pattern NAME =
      Pattern.compile("(?=.{1,128}$)[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

  Entry {
    requireNonNull(content, "content");
    if (!isName(name)) {
      throw new IllegalArgumentException("no entry can have this name: " + name);
    }
  }

  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  static Entry of(String name, byte[] content) {
    return new Entry(name, RawBytes.of(content));
  }

  static Entry text(String name, String content) {
    return of(name, content.getBytes(UTF_8));
  }

  byte[] bytes() {
    return content.bytes();
  }
}
