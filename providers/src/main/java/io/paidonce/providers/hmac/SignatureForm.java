package io.paidonce.providers.hmac;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How signatures stand in their field. */
enum SignatureForm {
  /** One, perhaps behind a fixed text. */
  PLAIN,
  /** Named pairs with commas between: {@code t=1,v1=…,v1=…}. */
  PAIRS,
  /** Versioned ones with blanks between: {@code v1,… v1,…}. */
  VERSIONS;

  static Optional<SignatureForm> named(String wireName) {
    return Arrays.stream(values())
        .filter(form -> form.name().toLowerCase(Locale.ROOT).equals(wireName))
        .findFirst();
  }
}
