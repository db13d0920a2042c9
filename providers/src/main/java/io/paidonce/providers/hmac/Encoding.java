package io.paidonce.providers.hmac;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.providers.StrictBase64;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** How bytes are written, of a signature or of a secret. */
enum Encoding {
  HEX {
    @Override
    Optional<byte[]> decoded(String text) {
      try {
        return Optional.of(HexFormat.of().parseHex(text));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }

    @Override
    String encoded(byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
  },
  BASE64 {
    @Override
    Optional<byte[]> decoded(String text) {
      return StrictBase64.decode(text);
    }

    @Override
    String encoded(byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    }
  },
  /** The bytes of the text itself; of secrets alone. */
  TEXT {
    @Override
    Optional<byte[]> decoded(String text) {
      return Optional.of(text.getBytes(UTF_8));
    }

    @Override
    String encoded(byte[] bytes) {
      throw new IllegalStateException("no signature is written as text");
    }
  };

  /** The bytes; empty where the text does not write any. */
  abstract Optional<byte[]> decoded(String text);

  abstract String encoded(byte[] bytes);

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Encoding> named(String wireName) {
    return Arrays.stream(values()).filter(e -> e.wireName().equals(wireName)).findFirst();
  }
}
