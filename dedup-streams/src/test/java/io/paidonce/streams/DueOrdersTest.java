package io.paidonce.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.ledger.Deadline;
import io.paidonce.ledger.Wake;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many due orders stand in the log before a payment that comes then. */
class DueOrdersTest {

  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  private final MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
  private long nanos;
  private DueTimes times;
  private DueOrders due;

  @BeforeEach
  void begin() {
    KeyValueStore<Bytes, byte[]> store =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore("store"), Serdes.Bytes(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    store.init(context.getStateStoreContext(), store);
    times = DueTimes.in(store, Wake.Why.DEADLINE);
    for (int i = 0; i < 100; i++) {
      times.add(Bytes.wrap(("s1:o" + i).getBytes(UTF_8)), NOON.minusSeconds(i), i);
    }
    due =
        new DueOrders(
            times, () -> NOON, Duration.ZERO, Deadline::due, () -> nanos, context, () -> {});
    due.begin();
    strike(0);
  }

  @Test
  void noMoreAreSaidThanTheLedgerHasReadHoweverOftenTheClockStrikes() {
    assertThat(context.forwarded()).hasSize(DueOrders.MOST_UNREAD);
    strike(1);
    strike(0);
    assertThat(context.forwarded()).hasSize(DueOrders.MOST_UNREAD);
    for (int i = 0; i < 5; i++) {
      due.read();
    }
    strike(1);
    assertThat(context.forwarded()).hasSize(DueOrders.MOST_UNREAD + 5);
  }

  @Test
  void whatIsNeverReadStopsNothingForEver() {
    nanos = Duration.ofSeconds(31).toNanos();
    strike(1);
    assertThat(context.forwarded()).hasSize(2 * DueOrders.MOST_UNREAD);
  }

  @Test
  void theFastClockStopsWhenNothingIsDueAndStartsAgainWhenSomethingIs() {
    CapturedPunctuator fast = context.scheduledPunctuators().get(1);
    while (!fast.cancelled()) {
      for (int i = 0; i < DueOrders.MOST_UNREAD; i++) {
        due.read();
      }
      fast.getPunctuator().punctuate(0);
    }
    assertThat(context.forwarded()).hasSize(100);
    strike(0);
    assertThat(context.scheduledPunctuators()).hasSize(2);
    times.add(Bytes.wrap("s1:new".getBytes(UTF_8)), NOON, 100);
    strike(0);
    assertThat(context.scheduledPunctuators()).as("what it said is unread still").hasSize(3);
  }

  @Test
  void whatAnotherOfThisPartitionSaidIsReadToo() {
    for (int i = 0; i < 200; i++) {
      due.read();
    }
    strike(1);
    assertThat(context.forwarded()).hasSize(2 * DueOrders.MOST_UNREAD);
  }

  private void strike(int clock) {
    context.scheduledPunctuators().get(clock).getPunctuator().punctuate(0);
  }
}
