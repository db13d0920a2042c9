package io.paidonce.providers;

import java.util.random.RandomGenerator;

/** Texts that nobody can foretell, if the generator is such a one. */
public final class RandomText {

  private static final String ALPHANUMERIC =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private RandomText() {}

  /** Letters and digits, as the providers want their nonces. */
  public static String alphanumeric(RandomGenerator random, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(ALPHANUMERIC.charAt(random.nextInt(ALPHANUMERIC.length())));
    }
    return text.toString();
  }
}
