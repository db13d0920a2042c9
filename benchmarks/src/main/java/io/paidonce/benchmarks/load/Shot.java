package io.paidonce.benchmarks.load;

/**
 * One request under way.
 *
 * @param number which callback
 * @param repeated whether it was sent before
 * @param dueNanos when it was to be sent, by {@link System#nanoTime}
 */
record Shot(int number, boolean repeated, long dueNanos) {

  static final Shot NONE = new Shot(-1, false, 0);
}
