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

  private static final int ORDERS = 2 * DueOrders.MOST_UNREAD + 10;

  /** What one task would be. */
  private final class Task {
    private final MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
    private final DueTimes times;
    private final DueOrders due;

    Task() {
      KeyValueStore<Bytes, byte[]> store =
          Stores.keyValueStoreBuilder(
                  Stores.inMemoryKeyValueStore("store"), Serdes.Bytes(), Serdes.ByteArray())
              .withLoggingDisabled()
              .build();
      store.init(context.getStateStoreContext(), store);
      times = DueTimes.in(store, Wake.Why.DEADLINE);
      for (int i = 0; i < ORDERS; i++) {
        times.add(Bytes.wrap(("s1:o" + i).getBytes(UTF_8)), NOON.minusSeconds(i), i);
      }
      due =
          new DueOrders(
              times,
              () -> NOON,
              Duration.ZERO,
              Deadline::due,
              () -> nanos,
              context,
              () -> {},
              turns);
      due.begin();
    }

    void strike(int clock) {
      context.scheduledPunctuators().get(clock).getPunctuator().punctuate(0);
    }

    void read(int some) {
      for (int i = 0; i < some; i++) {
        due.read();
      }
    }

    int said() {
      return context.forwarded().size();
    }
  }

  private final Turns turns = new Turns();
  private long nanos;
  private final Task one = new Task();
  private final Task other = new Task();

  @BeforeEach
  void begin() {
    one.strike(0);
  }

  @Test
  void noMoreAreSaidThanTheLedgerHasReadHoweverOftenTheClockStrikes() {
    assertThat(one.said()).isEqualTo(DueOrders.MOST_UNREAD);
    one.strike(1);
    one.read(DueOrders.MOST_UNREAD - 1);
    one.strike(1);
    assertThat(one.said()).isEqualTo(DueOrders.MOST_UNREAD);
    one.read(1);
    one.strike(1);
    assertThat(one.said()).isEqualTo(2 * DueOrders.MOST_UNREAD);
  }

  @Test
  void anotherPartitionHasItsTurnWhenTheFirstIsReadAndNotBefore() {
    other.strike(0);
    assertThat(other.said()).isZero();
    one.strike(1);
    one.read(DueOrders.MOST_UNREAD);
    one.strike(1);
    assertThat(one.said()).as("the other asked first").isEqualTo(DueOrders.MOST_UNREAD);
    other.strike(1);
    assertThat(other.said()).isEqualTo(DueOrders.MOST_UNREAD);
    other.read(DueOrders.MOST_UNREAD);
    other.strike(1);
    assertThat(other.said()).isEqualTo(DueOrders.MOST_UNREAD);
    one.strike(1);
    assertThat(one.said()).isEqualTo(2 * DueOrders.MOST_UNREAD);
  }

  @Test
  void whatIsNeverReadStopsNothingForEver() {
    nanos = Duration.ofSeconds(31).toNanos();
    one.strike(1);
    assertThat(one.said()).isEqualTo(2 * DueOrders.MOST_UNREAD);
  }

  @Test
  void whoAsksNoMoreIsNotWaitedForForEver() {
    other.strike(0);
    one.read(DueOrders.MOST_UNREAD);
    one.strike(1);
    assertThat(one.said()).isEqualTo(DueOrders.MOST_UNREAD);
    nanos = Duration.ofSeconds(31).toNanos();
    one.strike(1);
    assertThat(one.said()).isEqualTo(2 * DueOrders.MOST_UNREAD);
  }

  @Test
  void whoseOrdersAreDecidedMeanwhileHoldsNobodyUp() {
    other.strike(0);
    for (int i = 0; i < ORDERS; i++) {
      other.times.remove(Bytes.wrap(("s1:o" + i).getBytes(UTF_8)), NOON.minusSeconds(i));
    }
    other.strike(1);
    one.read(DueOrders.MOST_UNREAD);
    one.strike(1);
    assertThat(one.said()).isEqualTo(2 * DueOrders.MOST_UNREAD);
  }

  @Test
  void aPartitionThatGoesElsewhereTakesItsTurnWithIt() {
    other.strike(0);
    one.due.end();
    other.strike(1);
    assertThat(other.said()).isEqualTo(DueOrders.MOST_UNREAD);
    one.strike(1);
    one.due.end();
    other.read(DueOrders.MOST_UNREAD);
    other.strike(1);
    assertThat(other.said()).as("nobody else waits").isEqualTo(2 * DueOrders.MOST_UNREAD);
  }

  @Test
  void theFastClockStopsWhenNothingIsDueAndStartsAgainWhenSomethingIs() {
    CapturedPunctuator fast = one.context.scheduledPunctuators().get(1);
    while (!fast.cancelled()) {
      one.read(DueOrders.MOST_UNREAD);
      fast.getPunctuator().punctuate(0);
    }
    assertThat(one.said()).isEqualTo(ORDERS);
    one.strike(0);
    assertThat(one.context.scheduledPunctuators()).hasSize(2);
    one.times.add(Bytes.wrap("s1:new".getBytes(UTF_8)), NOON, ORDERS);
    one.strike(0);
    assertThat(one.context.scheduledPunctuators()).as("what it said is unread still").hasSize(3);
  }

  @Test
  void whatAnotherOfThisPartitionSaidIsReadToo() {
    one.read(3 * DueOrders.MOST_UNREAD);
    one.strike(1);
    assertThat(one.said()).isEqualTo(2 * DueOrders.MOST_UNREAD);
  }
}
