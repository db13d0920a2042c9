package io.paidonce.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.paidonce.contract.DeadLetterReason;
import io.paidonce.contract.InputKind;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnreadableRecordException;
import io.paidonce.ledger.Asking;
import io.paidonce.ledger.CommandOutcomes;
import io.paidonce.ledger.Deadline;
import io.paidonce.ledger.Decision;
import io.paidonce.ledger.Ledgers;
import io.paidonce.ledger.OrderLedger;
import io.paidonce.ledger.StoredLedgers;
import io.paidonce.ledger.Wake;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/** Folds the inputs of each order into its ledger and says what changed. */
final class LedgerProcessor implements Processor<byte[], byte[], byte[], byte[]> {

  static final String NAME = "fold-ledger";

  /** Never expires: it is the guard that outlives intake's memory. */
  static final String STORE = "order-ledgers";

  /**
   * How long a callback may take from its receipt to the log: the gateway answers within 4 s, and
   * what it acknowledged is in the log by then. A second is for clocks.
   */
  static final Duration UNTIL_STORED = Duration.ofSeconds(5);

  // Headers and framing come on top of a record's value.
  private static final int LARGEST_VALUE = Topic.MAX_MESSAGE_BYTES - 8_192;

  private final Supplier<Instant> allInBefore;
  private final StreamsMetrics metrics;
  private final Turns turns;
  private final Map<Wake.Why, DueTimes> dueTimes = new EnumMap<>(Wake.Why.class);
  private final Map<Wake.Why, DueOrders> dueOrders = new EnumMap<>(Wake.Why.class);
  private @Nullable ProcessorContext<byte[], byte[]> context;
  private @Nullable KeyValueStore<Bytes, byte[]> store;
  private @Nullable Outbox outbox;

  /**
   * @param allInBefore all that was received before this time is in order-inputs
   * @param turns shared by all tasks of the process
   */
  LedgerProcessor(Supplier<Instant> allInBefore, StreamsMetrics metrics, Turns turns) {
    this.allInBefore = allInBefore;
    this.metrics = metrics;
    this.turns = turns;
  }

  static StoreBuilder<KeyValueStore<Bytes, byte[]>> store() {
    return Stores.keyValueStoreBuilder(
        Stores.persistentKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray());
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> newContext) {
    KeyValueStore<Bytes, byte[]> ledgers = newContext.getStateStore(STORE);
    context = newContext;
    store = ledgers;
    outbox = new Outbox(newContext, DedupTopology.LEDGER);
    for (Wake.Why why : Wake.Why.values()) {
      DueTimes index = DueTimes.in(ledgers, why);
      dueTimes.put(why, index);
      DueOrders due = dueOrders(why, index, newContext);
      dueOrders.put(why, due);
      due.begin();
    }
  }

  private DueOrders dueOrders(Wake.Why why, DueTimes index, ProcessorContext<byte[], byte[]> of) {
    return switch (why) {
      // What time it is for a deadline, LagGuard says, and no clock.
      case DEADLINE ->
          new DueOrders(
              index,
              allInBefore,
              UNTIL_STORED,
              Deadline::due,
              System::nanoTime,
              of,
              metrics::due,
              turns);
      case ASK ->
          new DueOrders(
              index,
              () -> Instant.ofEpochMilli(of.currentSystemTimeMs()),
              Duration.ZERO,
              Asking::due,
              System::nanoTime,
              of,
              metrics::ask,
              turns);
    };
  }

  @Override
  public void close() {
    dueOrders.values().forEach(DueOrders::end);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordCoordinates at = Coordinates.of(requireNonNull(context));
    OrderInput input;
    try {
      input = Topics.ORDER_INPUTS.read(record.headers(), record.value());
    } catch (UnreadableRecordException e) {
      deadLetter(record, at, e.reason(), String.valueOf(e.getMessage()));
      return;
    }
    if (!Arrays.equals(record.key(), input.order().toString().getBytes(UTF_8))) {
      deadLetter(record, at, DeadLetterReason.WRONG_KEY, "the key is not shop:order_no");
      return;
    }
    if (input.kind() == InputKind.DEADLINE_DUE) {
      requireNonNull(dueOrders.get(Wake.Why.DEADLINE)).read();
    } else if (input.kind() == InputKind.ASK_DUE) {
      requireNonNull(dueOrders.get(Wake.Why.ASK)).read();
    }
    fold(record, input, at);
  }

  private void fold(Record<byte[], byte[]> record, OrderInput input, RecordCoordinates at) {
    Bytes key = Bytes.wrap(record.key());
    OrderLedger before = known(input.order(), requireNonNull(store).get(key));
    Decision decision = Ledgers.apply(before, input);
    if (decision instanceof Decision.Advance advance) {
      advance(record, before, advance, at);
    } else if (decision instanceof Decision.Refuse refuse) {
      Receipts.open(requireNonNull(outbox), refuse.opened(), record);
    }
    CommandOutcomes.of(input, decision)
        .ifPresent(outcome -> Receipts.tell(requireNonNull(outbox), outcome, record));
    metrics.decided(decision);
  }

  private static OrderLedger known(OrderKey order, byte @Nullable [] stored) {
    if (stored == null) {
      return OrderLedger.unknown(order);
    }
    try {
      return StoredLedgers.read(order, stored);
    } catch (UnreadableRecordException e) {
      throw new IllegalStateException("the ledger of " + order + " can't be read", e);
    }
  }

  private void advance(
      Record<byte[], byte[]> record,
      OrderLedger before,
      Decision.Advance advance,
      RecordCoordinates at) {
    Bytes key = Bytes.wrap(record.key());
    byte[] ledger = StoredLedgers.write(advance.after());
    byte[] transition = Topics.ORDER_TRANSITIONS.json().write(advance.transition());
    if (Math.max(ledger.length, transition.length) > LARGEST_VALUE) {
      // The producer would refuse the record and the thread would meet it again for ever.
      deadLetter(
          record,
          at,
          DeadLetterReason.ORDER_TOO_LARGE,
          "the order holds "
              + advance.after().payments().size()
              + " payments and "
              + advance.after().refunds().size()
              + " notices of refunds");
      return;
    }
    requireNonNull(store).put(key, ledger);
    wake(key, before, advance, at);
    Outbox out = requireNonNull(outbox);
    out.send(
        Topics.ORDER_TRANSITIONS,
        key.get(),
        transition,
        advance.transition().eventId(),
        advance.transition().at(),
        record);
    advance
        .paid()
        .ifPresent(
            paid ->
                out.send(
                    Topics.ORDER_PAID,
                    paid.order().toString(),
                    paid,
                    paid.eventId(),
                    advance.transition().at(),
                    record));
    advance
        .cancelled()
        .ifPresent(
            cancelled ->
                out.send(
                    Topics.ORDER_CANCELLED,
                    cancelled.order().toString(),
                    cancelled,
                    cancelled.eventId(),
                    advance.transition().at(),
                    record));
    advance
        .refunded()
        .ifPresent(
            refunded ->
                out.send(
                    Topics.ORDER_REFUNDED,
                    refunded.order().toString(),
                    refunded,
                    refunded.eventId(),
                    advance.transition().at(),
                    record));
    advance.cases().forEach(opened -> Receipts.open(out, opened, record));
    advance
        .requests()
        .forEach(
            request ->
                out.send(
                    Topics.PROVIDER_REQUESTS,
                    request.order().toString(),
                    request,
                    request.requestId() + "/" + request.attempt(),
                    request.requestedAt(),
                    record));
  }

  private void wake(Bytes key, OrderLedger before, Decision.Advance advance, RecordCoordinates at) {
    Wake was = before.wake();
    Wake is = advance.after().wake();
    // What was due was taken out when it was said, and may be due again at the same time.
    InputKind cause = advance.transition().cause();
    boolean isTaken = cause == InputKind.DEADLINE_DUE || cause == InputKind.ASK_DUE;
    if (isTaken || !Objects.equals(was, is)) {
      if (was != null) {
        index(was).remove(key, was.at());
      }
      if (is != null) {
        index(is).add(key, is.at(), at.offset());
      }
    }
  }

  private DueTimes index(Wake wake) {
    return requireNonNull(dueTimes.get(wake.why()), "an index for each reason");
  }

  private void deadLetter(
      Record<byte[], byte[]> record, RecordCoordinates at, DeadLetterReason reason, String detail) {
    requireNonNull(outbox).deadLetter(record, at, reason, detail);
    metrics.deadLetter(reason);
  }
}
