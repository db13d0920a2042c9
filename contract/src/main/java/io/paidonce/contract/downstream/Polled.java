package io.paidonce.contract.downstream;

/**
 * What one poll did.
 *
 * @param applied events given to a handler and committed
 * @param duplicates events that had been applied before
 * @param overtaken events not given to their handler, since a later one of their order was applied
 * @param fenced whether another instance has taken a partition over, so that nothing was done
 */
public record Polled(int applied, int duplicates, int overtaken, boolean fenced) {

  /** Nothing came. */
  public static final Polled NOTHING = new Polled(0, 0, 0, false);

  static final Polled FENCED = new Polled(0, 0, 0, true);
}
