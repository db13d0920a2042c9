package io.paidonce.simulator.day;

/** What becomes of an order at its providers. By weight; see {@link DaySettings}. */
public enum Fate {
  /** Within two minutes. */
  PAID_AT_ONCE(53),
  /** Any time before the deadline. */
  PAID_SLOWLY(13),
  /** Around the deadline, some seconds before or after: who closes it is in a race. */
  PAID_AT_THE_DEADLINE(8),
  /** Hours after the deadline, where it still can be. */
  PAID_LATE(8),
  NEVER_PAID(10),
  /** At two accounts of the shop; where it has but one, that one refuses the second payment. */
  PAID_TWICE(3),
  /** Begun at one account, and paid at another. */
  PAID_ELSEWHERE(3),
  /**
   * Alipay: a code was shown, and is scanned only after the deadline. Until then the provider
   * denies the order, so nobody could close it; elsewhere it is paid late.
   */
  SCANNED_LATE(2);

  private final int weight;

  Fate(int weight) {
    this.weight = weight;
  }

  int weight() {
    return weight;
  }
}
