package io.paidonce.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Says which orders are due, in the log that the ledger folds. The ledger obeys on reading it:
 * there it stands behind every payment that was received in time, however far behind the ledger is.
 */
final class DueOrders {

  static final Duration FIRE_EVERY = Duration.ofSeconds(1);

  // Each firing counts as work to be committed, so that it is rare where nothing is due.
  private static final Duration CATCH_UP_EVERY = Duration.ofMillis(100);

  /**
   * How many are said in one turn, and stand in order-inputs before the ledger has read them: what
   * a payment that comes behind them waits for.
   */
  static final int MOST_UNREAD = 100;

  private static final long LONGEST_FIRING_NANOS = Duration.ofMillis(50).toNanos();

  private final DueTimes dueTimes;
  private final Supplier<Instant> time;
  private final Duration margin;
  private final Due due;
  private final LongSupplier nanos;
  private final ProcessorContext<byte[], byte[]> context;
  private final Outbox outbox;
  private final Runnable counted;
  private final Turns turns;
  private @Nullable Cancellable catchingUp;

  /** What is said of an order that is due. */
  interface Due {
    OrderInput input(OrderKey order, Instant at, Instant now, RecordCoordinates source);
  }

  /**
   * Orders that are due for one reason.
   *
   * @param time what time it is; {@link Instant#MIN} while that is not known
   * @param margin how long after its time an order is due
   * @param nanos time that only grows, to stop in time
   * @param counted called for each
   * @param turns shared by all tasks of the process
   */
  DueOrders(
      DueTimes dueTimes,
      Supplier<Instant> time,
      Duration margin,
      Due due,
      LongSupplier nanos,
      ProcessorContext<byte[], byte[]> context,
      Runnable counted,
      Turns turns) {
    this.dueTimes = dueTimes;
    this.time = time;
    this.margin = margin;
    this.due = due;
    this.nanos = nanos;
    this.context = context;
    this.outbox = new Outbox(context, DedupTopology.LEDGER);
    this.counted = counted;
    this.turns = turns;
  }

  /** From now on it says what is due. */
  void begin() {
    context.schedule(
        FIRE_EVERY,
        PunctuationType.WALL_CLOCK_TIME,
        now -> {
          if (catchingUp == null && fire()) {
            catchingUp =
                context.schedule(
                    CATCH_UP_EVERY, PunctuationType.WALL_CLOCK_TIME, then -> catchUp());
          }
        });
  }

  private void catchUp() {
    if (catchingUp != null && !fire()) {
      catchingUp.cancel();
      catchingUp = null;
    }
  }

  // Returns whether it left some.
  private boolean fire() {
    Instant now = time.get();
    if (now.equals(Instant.MIN)) {
      return false;
    }
    Instant until = now.minus(margin);
    if (!dueTimes.hasSome(until)) {
      // They were decided while it waited: nobody waits for its turn then.
      turns.withdraw(this);
      return false;
    }
    long began = nanos.getAsLong();
    if (turns.take(this, began)) {
      List<DueTimes.Due> taken =
          dueTimes.take(until, MOST_UNREAD, () -> nanos.getAsLong() - began < LONGEST_FIRING_NANOS);
      taken.forEach(entry -> say(entry, now));
      turns.said(this, taken.size());
    }
    return dueTimes.hasSome(until);
  }

  /** The ledger has read one that was said here, or by whoever had this partition before. */
  void read() {
    turns.read(this);
  }

  /** The partition goes elsewhere. */
  void end() {
    turns.leave(this);
  }

  private void say(DueTimes.Due entry, Instant now) {
    RecordCoordinates source =
        new RecordCoordinates(
            Topics.ORDER_INPUTS.name(), context.taskId().partition(), entry.sourceOffset());
    OrderInput input = due.input(entry.order(), entry.at(), now, source);
    byte[] key = entry.order().toString().getBytes(UTF_8);
    outbox.send(
        Topics.ORDER_INPUTS,
        key,
        Topics.ORDER_INPUTS.json().write(input),
        input.inputId(),
        input.receivedAt(),
        new Record<>(key, key, now.toEpochMilli()));
    counted.run();
  }
}
