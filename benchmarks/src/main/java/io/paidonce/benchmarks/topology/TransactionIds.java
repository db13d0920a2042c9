package io.paidonce.benchmarks.topology;

/**
 * Transaction ids as WeChat Pay has them, 28 digits, which lie as scattered in a store as a
 * provider's do. Ids that only count upwards would find all they need in one block of it.
 *
 * @param seed the same seed gives the same ids
 */
record TransactionIds(long seed) {

  private static final String PREFIX = "42000000";
  private static final int DIGITS = 20;

  // SplittableRandom's step and mixing. Each part can be undone: no two numbers get one id.
  private static final long STEP = 0x9e3779b97f4a7c15L;
  private static final long MIX = 0xbf58476d1ce4e5b9L;
  private static final long MIX_AGAIN = 0x94d049bb133111ebL;

  /** The id of a number; no other number has it. */
  String of(long number) {
    String digits = Long.toUnsignedString(mixed(seed + number * STEP));
    return PREFIX + "0".repeat(DIGITS - digits.length()) + digits;
  }

  private static long mixed(long number) {
    long once = (number ^ (number >>> 30)) * MIX;
    long twice = (once ^ (once >>> 27)) * MIX_AGAIN;
    return twice ^ (twice >>> 31);
  }
}
