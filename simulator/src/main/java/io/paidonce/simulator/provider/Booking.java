package io.paidonce.simulator.provider;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What came of one entry in the book: what stands there now, or why nothing was changed.
 *
 * @param value present where it was not refused
 * @param refusal present where it was
 * @param isNew whether the entry changed anything; a repetition does not
 */
public record Booking<T>(@Nullable T value, @Nullable TradeRefusal refusal, boolean isNew) {

  public Booking {
    if ((value == null) == (refusal == null)) {
      throw new IllegalArgumentException("a booking is either done or refused");
    }
  }

  static <T> Booking<T> done(T value) {
    return new Booking<>(value, null, true);
  }

  static <T> Booking<T> again(T value) {
    return new Booking<>(value, null, false);
  }

  static <T> Booking<T> refused(TradeRefusal refusal) {
    return new Booking<>(null, refusal, false);
  }

  public boolean isDone() {
    return refusal == null;
  }

  /**
   * What stands in the book.
   *
   * @throws IllegalStateException if it was refused
   */
  public T get() {
    if (value == null) {
      throw new IllegalStateException("refused: " + refusal);
    }
    return value;
  }

  /** Why not; only where it was refused. */
  TradeRefusal why() {
    return requireNonNull(refusal, "refusal");
  }
}
