package io.paidonce.contract;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes order numbers that need no database: Snowflake, 63 bits. From the top: 41 bits of
 * milliseconds since {@link #EPOCH}, 10 bits of worker id, 12 bits of a sequence. Unique over all
 * workers as long as no two that run share an id, and strictly growing within one. Offered, never
 * required: PaidOnce takes any order number.
 *
 * <p>The epoch is chosen so that every number of the years 2023 to 2083 has exactly 19 digits. So
 * {@link #nextText()} sorts as text like the numbers do and is legal as {@code out_trade_no}
 * (WeChat Pay: 6 to 32 characters; Alipay: at most 64). Carry them as text: JavaScript rounds
 * numbers above 2^53.
 *
 * <p>Two numbers of one worker could be equal only if its clock went back. A rollback of at most
 * {@link #LONGEST_WAIT} is waited out, a longer one is refused. One that happens while no instance
 * of the worker runs can't be seen: keep the clock slewed, not stepped.
 */
public final class OrderNumbers {

  /** Where the time in a number begins. */
  public static final Instant EPOCH = Instant.parse("2015-01-01T00:00:00Z");

  /** The largest worker id. */
  public static final int MAX_WORKER_ID = 1023;

  /** How far the clock may go back, or stand still, without an exception. */
  public static final Duration LONGEST_WAIT = Duration.ofMillis(50);

  private static final int SEQUENCE_BITS = 12;
  private static final int TIME_SHIFT = 22;
  private static final long LAST_SEQUENCE = (1L << SEQUENCE_BITS) - 1;
  private static final long LAST_TIME = (1L << 41) - 1;
  // Earlier numbers have fewer digits. A clock that stands there is a clock that was never set.
  private static final Instant NINETEEN_DIGITS_FROM = Instant.parse("2023-01-01T00:00:00Z");

  private final long worker;
  private final Clock clock;
  private final Pause pause;
  private long lastTime = -1;
  private long sequence;

  /** Lets time pass until the clock may have gone on. */
  interface Pause {
    void of(Duration length);
  }

  OrderNumbers(int workerId, Clock clock, Pause pause) {
    if (workerId < 0 || workerId > MAX_WORKER_ID) {
      throw new IllegalArgumentException(
          "the worker id must be 0 to "
              + MAX_WORKER_ID
              + ", not "
              + workerId
              + ": give every running instance a number of its own, such as the ordinal of its pod"
              + " or a row that it claims in a table; never a hash of its name, since two may meet");
    }
    this.worker = (long) workerId << SEQUENCE_BITS;
    this.clock = requireNonNull(clock, "clock");
    this.pause = pause;
  }

  /**
   * A generator; one for each process.
   *
   * @param workerId 0 to {@link #MAX_WORKER_ID}, no two running instances the same
   * @throws IllegalArgumentException if the worker id is out of range
   */
  public static OrderNumbers forWorker(int workerId, Clock clock) {
    return new OrderNumbers(workerId, clock, OrderNumbers::park);
  }

  /**
   * The next number, larger than each one before it. Waits for the next millisecond after 4,096 in
   * one.
   *
   * @throws ClockRollbackException if the clock is more than {@link #LONGEST_WAIT} behind
   * @throws IllegalStateException if the clock is outside of the years whose numbers have 19 digits
   */
  public synchronized long next() {
    long time = millis();
    if (time < lastTime) {
      time = waitFor(lastTime);
    }
    if (time > lastTime) {
      sequence = 0;
    } else if (sequence < LAST_SEQUENCE) {
      sequence++;
    } else {
      time = waitFor(lastTime + 1);
      sequence = 0;
    }
    lastTime = time;
    return time << TIME_SHIFT | worker | sequence;
  }

  /** As {@link #next()}, in its 19 digits. */
  public String nextText() {
    return Long.toString(next());
  }

  /** When a number was made, by its maker's clock, to the millisecond. */
  public static Instant madeAt(long number) {
    return EPOCH.plusMillis(number >>> TIME_SHIFT);
  }

  /** Who made a number. */
  public static int workerOf(long number) {
    return (int) (number >>> SEQUENCE_BITS) & MAX_WORKER_ID;
  }

  // Counts what it asked for and not what a clock says: this clock is the one that can't be
  // trusted.
  private long waitFor(long wanted) {
    long left = LONGEST_WAIT.toMillis();
    long now = millis();
    while (now < wanted) {
      long behind = wanted - now;
      if (behind > left) {
        throw new ClockRollbackException(
            Duration.ofMillis(lastTime - now), worker >> SEQUENCE_BITS);
      }
      pause.of(Duration.ofMillis(behind));
      left -= behind;
      now = millis();
    }
    return now;
  }

  private long millis() {
    Instant now = clock.instant();
    long time = Duration.between(EPOCH, now).toMillis();
    if (now.isBefore(NINETEEN_DIGITS_FROM) || time > LAST_TIME) {
      throw new IllegalStateException(
          "the clock says " + now + ", which no order number can hold; set the clock");
    }
    return time;
  }

  private static void park(Duration length) {
    long until = System.nanoTime() + length.toNanos();
    for (long left = length.toNanos(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** The clock is behind the last number, so that the next one could repeat an earlier one. */
  public static final class ClockRollbackException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    ClockRollbackException(Duration behind, long workerId) {
      super(
          "the clock went back by "
              + behind.toMillis()
              + " ms (0: it stands still) and at most "
              + LONGEST_WAIT.toMillis()
              + " ms are waited out, since numbers made now could repeat earlier ones. Let NTP slew"
              + " this machine's clock instead of stepping it, or start with a worker id other than "
              + workerId);
    }
  }
}
