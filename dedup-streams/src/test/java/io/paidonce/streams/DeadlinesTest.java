package io.paidonce.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.paidonce.contract.Answer;
import io.paidonce.contract.EventHeaders;
import io.paidonce.contract.InputKind;
import io.paidonce.contract.OnDeadline;
import io.paidonce.contract.OrderCancelled;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.ProviderAccount;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.RequestKind;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnreadableRecordException;
import io.paidonce.ledger.TimeToPay;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which orders are called due, when, and what is left of them. */
class DeadlinesTest {

  private static final Instant NOON = Given.NOW;
  private static final TimeToPay HALF_AN_HOUR =
      new TimeToPay(Duration.ofMinutes(30), OnDeadline.LOCAL);
  private static final TimeToPay ASKED =
      new TimeToPay(
          Duration.ofMinutes(30),
          OnDeadline.PROVIDER,
          List.of(new ProviderAccount("wechat", "1900000001")));
  private static final Instant DUE = NOON.plusSeconds(1_800);

  @TempDir private Path stateDir;
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private RocksDbMemory memory;
  private TopologyTestDriver driver;

  private TimeToPay timeToPay = HALF_AN_HOUR;

  // What the lag guard says.
  private Instant allInBefore = Instant.MIN;

  @BeforeEach
  void start() {
    memory = new RocksDbMemory(32);
    DedupStreamsConfig config =
        new DedupStreamsConfig(
            "unused:9092", "test", stateDir.toString(), 1, 1, 0, null, 32, null, null);
    StreamsMetrics metrics = new StreamsMetrics(registry);
    Properties settings = Settings.of(config, memory, metrics);
    driver =
        new TopologyTestDriver(
            DedupTopology.build(
                new TopologyConfig(new StreamsConfig(settings)),
                shop -> shop.equals("s1") ? timeToPay : HALF_AN_HOUR,
                () -> allInBefore,
                metrics),
            settings,
            NOON);
  }

  @AfterEach
  void stop() {
    driver.close();
    memory.close();
  }

  @Test
  void anOrderIsCancelledOnceAllThatMetItsDeadlineIsIn() {
    send(Given.placed("o1", 1200));
    allIn(DUE.plusMillis(4_999));
    assertThat(cancelled()).isEmpty();
    allIn(DUE.plusSeconds(5));
    assertThat(cancelled()).containsExactly("o1");
    assertThat(values(Topics.ORDER_TRANSITIONS))
        .extracting(OrderTransition::to)
        .containsExactly(OrderStatus.PENDING, OrderStatus.CANCELLED);
    assertThat(values(Topics.PAYMENT_EXCEPTIONS)).isEmpty();
    assertThat(index()).isEmpty();
    assertThat(registry.get("paidonce.deadlines.due").counter().count()).isEqualTo(1);
  }

  @Test
  void providersAreAskedByTheClockWhateverTheLagGuardSays() {
    timeToPay = ASKED;
    send(Given.placed("o1", 1200));
    driver.advanceWallClockTime(Duration.ofSeconds(29));
    assertThat(values(Topics.PROVIDER_REQUESTS)).isEmpty();
    driver.advanceWallClockTime(Duration.ofSeconds(1));
    assertThat(values(Topics.PROVIDER_REQUESTS))
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.kind()).isEqualTo(RequestKind.QUERY);
              assertThat(request.asked()).hasToString("wechat:1900000001");
              assertThat(request.until()).isEqualTo(NOON.plusSeconds(90));
            });
    driver.advanceWallClockTime(Duration.ofSeconds(60));
    assertThat(values(Topics.PROVIDER_REQUESTS)).hasSize(1);
    assertThat(index()).hasSize(1);
    send(Given.paid("t1", "o1", 1200));
    assertThat(index()).isEmpty();
    assertThat(registry.get("paidonce.asks.due").counter().count()).isEqualTo(2);
  }

  @Test
  void anOrderIsCancelledWhenItsProviderHasAnsweredThroughTheRawTopic() {
    timeToPay = ASKED;
    send(Given.placed("o1", 1200));
    passTheDeadline();
    assertThat(cancelled()).isEmpty();
    ProviderRequest query = lastRequest();
    assertThat(query.reason()).isEqualTo("closing");
    send(Given.answered(query, Answer.UNPAID));
    ProviderRequest close = lastRequest();
    assertThat(close.kind()).isEqualTo(RequestKind.CLOSE);
    // Whoever carries requests out may say the same twice.
    send(Given.answered(query, Answer.UNPAID));
    send(Given.answered(close, Answer.CLOSED));
    send(Given.answered(close, Answer.UNPAID));
    assertThat(cancelled()).containsExactly("o1");
    assertThat(values(Topics.PROVIDER_REQUESTS)).isEmpty();
    assertThat(values(Topics.PAYMENT_EXCEPTIONS)).isEmpty();
    assertThat(values(Topics.DEAD_LETTERS)).isEmpty();
    assertThat(index()).isEmpty();
  }

  @Test
  void aProviderThatIsSilentIsAskedAgainAndTheOrderWaits() {
    timeToPay = ASKED;
    send(Given.placed("o1", 1200));
    passTheDeadline();
    int asked = 0;
    values(Topics.PROVIDER_REQUESTS);
    for (int minute = 0; minute < 60; minute++) {
      driver.advanceWallClockTime(Duration.ofMinutes(1));
      asked += values(Topics.PROVIDER_REQUESTS).size();
      assertThat(index()).hasSize(1);
    }
    assertThat(asked).isBetween(6, 12);
    assertThat(cancelled()).isEmpty();
  }

  @Test
  void itGoesThroughTheLogWithItsOwnIdentity() {
    send(Given.placed("o1", 1200));
    values(Topics.ORDER_INPUTS);
    allIn(DUE.plusSeconds(9));
    TestRecord<byte[], byte[]> record = output(Topics.ORDER_INPUTS).readRecord();
    assertThat(record.key()).isEqualTo("s1:o1".getBytes(UTF_8));
    assertThat(EventHeaders.text(record.headers(), EventHeaders.ID))
        .isEqualTo("deadline:s1:o1:2026-01-31T12:30:00Z");
    OrderInput input = read(Topics.ORDER_INPUTS, record);
    assertThat(input.kind()).isEqualTo(InputKind.DEADLINE_DUE);
    assertThat(input.payBy()).isEqualTo(DUE);
    assertThat(input.receivedAt()).isEqualTo(DUE.plusSeconds(9));
    assertThat(input.source()).hasToString("order-inputs-0@0");
  }

  @Test
  void aClockThatIsHoursAheadCallsNothingOver() {
    send(Given.placed("o1", 1200));
    allInBefore = NOON.plusSeconds(60);
    driver.advanceWallClockTime(Duration.ofHours(10));
    assertThat(cancelled()).isEmpty();
    assertThat(index()).hasSize(1);
  }

  @Test
  void nothingIsCalledOverWhileNothingIsKnown() {
    send(Given.placed("o1", 1200));
    driver.advanceWallClockTime(Duration.ofHours(10));
    assertThat(cancelled()).isEmpty();
  }

  @Test
  void whatIsPaidOrCancelledLeavesNothingToLookAt() {
    send(Given.placed("o1", 1200));
    send(Given.placed("o2", 1200));
    assertThat(index()).hasSize(2);
    send(Given.paid("t1", "o1", 1200));
    assertThat(index()).hasSize(1);
    send(Given.cancelled("o2"));
    assertThat(index()).isEmpty();
    cancelled();
    allIn(DUE.plusSeconds(3_600));
    assertThat(values(Topics.ORDER_INPUTS)).hasSize(4);
    assertThat(cancelled()).isEmpty();
  }

  @Test
  void aPaymentThatStandsBeforeItInTheLogIsNotTouchedByIt() {
    send(Given.placed("o1", 1200));
    allInBefore = DUE.plusSeconds(5);
    // In one step of the driver the payment reaches the log first, then the clock strikes.
    send(Given.paid("t1", "o1", 1200));
    driver.advanceWallClockTime(DueOrders.FIRE_EVERY);
    assertThat(cancelled()).isEmpty();
    assertThat(values(Topics.ORDER_PAID)).hasSize(1);
  }

  @Test
  void oneFiringIsBoundedTheNextFollowsSoonAndTheEarliestComeFirst() {
    int orders = 2 * DueOrders.MOST_UNREAD + 50;
    for (int i = 0; i < orders; i++) {
      send(Given.placed("o" + i, 1200), NOON.plusSeconds((i * 7) % 60));
    }
    List<Instant> said = new ArrayList<>();
    List<Integer> firings = new ArrayList<>();
    values(Topics.ORDER_INPUTS);
    allInBefore = DUE.plusSeconds(65);
    while (said.size() < orders) {
      driver.advanceWallClockTime(said.isEmpty() ? DueOrders.FIRE_EVERY : Duration.ofMillis(100));
      List<OrderInput> now = values(Topics.ORDER_INPUTS);
      assertThat(now).isNotEmpty().hasSizeLessThanOrEqualTo(DueOrders.MOST_UNREAD);
      now.forEach(input -> said.add(input.payBy()));
      firings.add(now.size());
    }
    assertThat(said).isSorted();
    assertThat(firings.size()).isGreaterThanOrEqualTo(3);
    assertThat(cancelled()).hasSize(orders).doesNotHaveDuplicates();
    allIn(DUE.plusSeconds(7_200));
    assertThat(values(Topics.ORDER_INPUTS)).isEmpty();
  }

  @Test
  void whatIsPlacedFromABacklogWithItsDeadlineBehindItIsFound() {
    send(Given.placed("new", 1200));
    send(Given.placed("newer", 1200), NOON.plusSeconds(600));
    allIn(DUE.plusSeconds(5));
    assertThat(cancelled()).containsExactly("new");
    send(Given.placed("old", 1200), NOON.minusSeconds(3_600));
    allIn(DUE.plusSeconds(6));
    assertThat(cancelled()).containsExactly("old");
    allIn(DUE.plusSeconds(605));
    assertThat(cancelled()).containsExactly("newer");
  }

  @Test
  void ordersAreStillFoundAmongTheirDueTimes() {
    send(Given.placed("o1", 1200));
    send(Given.placed("\u00ff\u4e2d:1", 1200));
    allIn(DUE.plusSeconds(5));
    assertThat(cancelled()).containsExactlyInAnyOrder("o1", "\u00ff\u4e2d:1");
    send(Given.paid("t1", "o1", 1200));
    assertThat(values(Topics.PAYMENT_EXCEPTIONS)).hasSize(1);
  }

  private void allIn(Instant before) {
    allInBefore = before;
    driver.advanceWallClockTime(DueOrders.FIRE_EVERY);
  }

  private void passTheDeadline() {
    driver.advanceWallClockTime(Duration.between(NOON, DUE.plusSeconds(5)));
    allIn(DUE.plusSeconds(5));
  }

  private ProviderRequest lastRequest() {
    List<ProviderRequest> requests = values(Topics.PROVIDER_REQUESTS);
    return requests.get(requests.size() - 1);
  }

  /** Keys that no text begins like. */
  private List<Bytes> index() {
    KeyValueStore<Bytes, byte[]> store = driver.getKeyValueStore(LedgerProcessor.STORE);
    List<Bytes> keys = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> entry = all.next();
        if ((entry.key.get()[0] & 0xFF) >= 0xFE) {
          keys.add(entry.key);
        }
      }
    }
    return keys;
  }

  private List<String> cancelled() {
    return values(Topics.ORDER_CANCELLED).stream().map(OrderCancelled::orderNo).toList();
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    send(record, NOON);
  }

  private void send(ProducerRecord<byte[], byte[]> record, Instant at) {
    driver
        .createInputTopic(record.topic(), new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>(record.key(), record.value(), record.headers(), at));
  }

  private TestOutputTopic<byte[], byte[]> output(Topic<?> topic) {
    return driver.createOutputTopic(
        topic.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private <V> List<V> values(Topic<V> topic) {
    return output(topic).readRecordsToList().stream().map(record -> read(topic, record)).toList();
  }

  private static <V> V read(Topic<V> topic, TestRecord<byte[], byte[]> record) {
    try {
      return topic.read(record.headers(), record.value());
    } catch (UnreadableRecordException e) {
      throw new AssertionError("the topology wrote a record it could not read", e);
    }
  }
}
