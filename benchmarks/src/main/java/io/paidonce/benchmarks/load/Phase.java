package io.paidonce.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** A part of a run, which pays orders of its own. */
public enum Phase {
  /** Not reported: Java compiles what runs often. */
  WARM_UP("warm-up", 'W'),
  /** As much as it takes. */
  SATURATION("saturating phase", 'S'),
  /** A constant rate. */
  LATENCY("constant rate", 'T');

  private static final String PREFIX = "BENCH";
  private static final int DIGITS = 9;

  private final String title;
  private final char letter;

  Phase(String title, char letter) {
    this.title = title;
    this.letter = letter;
  }

  public String title() {
    return title;
  }

  /** The order that the callback of this number pays. */
  public String orderNo(int number) {
    return prefix() + digits(number);
  }

  /** What all its order numbers begin with. */
  public String prefix() {
    return PREFIX + letter;
  }

  /** As WeChat Pay has them: 28 digits. */
  public String transactionId(int number) {
    return "420000000020261121" + (int) letter % 10 + digits(number);
  }

  /** The number of an order by its key, {@code shop:order_no}; -1 for another phase's. */
  public int numberOf(byte[] key) {
    int letterAt = key.length - DIGITS - 1;
    if (letterAt < 0 || key[letterAt] != letter) {
      return -1;
    }
    return Integer.parseInt(new String(key, letterAt + 1, DIGITS, US_ASCII));
  }

  /** The number of an order of this phase. */
  public int numberOf(String orderNo) {
    return Integer.parseInt(orderNo.substring(prefix().length()));
  }

  private static String digits(int number) {
    String digits = Integer.toString(number);
    return "0".repeat(DIGITS - digits.length()) + digits;
  }
}
