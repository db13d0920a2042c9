package io.paidonce.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.OrderInput;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topics;
import io.paidonce.ledger.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Says which deadlines are over, in the log that the ledger folds. The ledger obeys on reading it:
 * there it stands behind every payment that was received in time, however far behind the ledger is.
 * What time it is, {@link LagGuard} says, and no clock.
 */
final class Deadlines {

  static final Duration FIRE_EVERY = Duration.ofSeconds(1);

  /**
   * How long a callback may take from its receipt to the log: the gateway answers within 4 s, and
   * what it acknowledged is in the log by then. A second is for clocks.
   */
  static final Duration UNTIL_STORED = Duration.ofSeconds(5);

  // Twelve tasks on one thread fire one after the other, and payments wait for all of them.
  static final int MOST_A_FIRING = 200;
  private static final long LONGEST_FIRING_NANOS = Duration.ofMillis(50).toNanos();

  private final DueTimes dueTimes;
  private final Supplier<Instant> allInBefore;
  private final LongSupplier nanos;
  private final ProcessorContext<byte[], byte[]> context;
  private final Outbox outbox;
  private final StreamsMetrics metrics;

  /**
   * @param allInBefore all that was received before this time is in order-inputs; {@link
   *     Instant#MIN} while that is not known
   * @param nanos time that only grows, to stop in time
   */
  Deadlines(
      DueTimes dueTimes,
      Supplier<Instant> allInBefore,
      LongSupplier nanos,
      ProcessorContext<byte[], byte[]> context,
      StreamsMetrics metrics) {
    this.dueTimes = dueTimes;
    this.allInBefore = allInBefore;
    this.nanos = nanos;
    this.context = context;
    this.outbox = new Outbox(context, DedupTopology.LEDGER);
    this.metrics = metrics;
  }

  /** One firing. */
  void fire() {
    Instant received = allInBefore.get();
    if (received.equals(Instant.MIN)) {
      return;
    }
    long began = nanos.getAsLong();
    dueTimes
        .take(
            received.minus(UNTIL_STORED),
            MOST_A_FIRING,
            () -> nanos.getAsLong() - began < LONGEST_FIRING_NANOS)
        .forEach(due -> say(due, received));
  }

  private void say(DueTimes.Due due, Instant received) {
    RecordCoordinates placed =
        new RecordCoordinates(
            Topics.ORDER_INPUTS.name(), context.taskId().partition(), due.placedAt());
    OrderInput input = Deadline.due(due.order(), due.at(), received, placed);
    byte[] key = due.order().toString().getBytes(UTF_8);
    outbox.send(
        Topics.ORDER_INPUTS,
        key,
        Topics.ORDER_INPUTS.json().write(input),
        input.inputId(),
        input.receivedAt(),
        new Record<>(key, key, received.toEpochMilli()));
    metrics.due();
  }
}
