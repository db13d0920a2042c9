package io.paidonce.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.paidonce.contract.Answer;
import io.paidonce.contract.CommandOutcome;
import io.paidonce.contract.CommandResult;
import io.paidonce.contract.DeadLetter;
import io.paidonce.contract.DeadLetterReason;
import io.paidonce.contract.EventHeaders;
import io.paidonce.contract.ExceptionCase;
import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.NotificationReceipt;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.OrderPaid;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.RequestKind;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnreadableRecordException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What goes in and, to the last record, what comes out. */
class DedupTopologyTest {

  @TempDir private Path stateDir;
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private RocksDbMemory memory;
  private TopologyTestDriver driver;

  @BeforeEach
  void start() {
    memory = new RocksDbMemory(32);
    DedupStreamsConfig config =
        new DedupStreamsConfig(
            "unused:9092", "test", stateDir.toString(), 1, 1, 0, null, 32, null, null);
    StreamsMetrics metrics = new StreamsMetrics(registry);
    Properties settings = Settings.of(config, memory, metrics);
    driver = new TopologyTestDriver(Given.topology(settings, metrics), settings, Given.NOW);
  }

  @AfterEach
  void stop() {
    driver.close();
    memory.close();
  }

  @Test
  void aPaymentOfAPlacedOrderPaysIt() {
    send(Given.placed("o1", 1200));
    send(Given.paid("t1", "o1", 1200));
    List<OrderPaid> paid = values(Topics.ORDER_PAID);
    assertThat(paid).hasSize(1);
    assertThat(paid.get(0).transactionId()).isEqualTo("t1");
    assertThat(values(Topics.ORDER_TRANSITIONS))
        .extracting(OrderTransition::version)
        .containsExactly(1L, 2L);
    assertThat(values(Topics.PAYMENT_EXCEPTIONS)).isEmpty();
    assertThat(values(Topics.DEAD_LETTERS)).isEmpty();
  }

  @Test
  void aDuplicateIsForwardedOnceAndCounted() {
    send(Given.placed("o1", 1200));
    send(Given.paid("t1", "o1", 1200));
    send(Given.paid("t1", "o1", 1200));
    send(Given.paid("t1", "o1", 1200));
    assertThat(values(Topics.ORDER_PAID)).hasSize(1);
    assertThat(values(Topics.ORDER_TRANSITIONS)).hasSize(2);
    assertThat(values(Topics.NOTIFICATION_RECEIPTS))
        .extracting(NotificationReceipt::deliveries)
        .containsExactly(1L, 2L, 3L);
  }

  @Test
  void aSecondTransactionIsNoDuplicate() {
    send(Given.placed("o1", 1200));
    send(Given.paid("t1", "o1", 1200));
    send(Given.paid("t2", "o1", 1200));
    assertThat(values(Topics.ORDER_PAID)).hasSize(1);
    assertThat(values(Topics.PAYMENT_EXCEPTIONS))
        .extracting(ExceptionCase::kind)
        .containsExactly(ExceptionKind.DOUBLE_PAYMENT);
  }

  @Test
  void aContradictionIsAnExceptionAndTheFirstStands() {
    send(Given.placed("o1", 1200));
    send(Given.paid("t1", "o1", 1200));
    send(Given.paid("t1", "o1", 1300));
    assertThat(values(Topics.PAYMENT_EXCEPTIONS))
        .extracting(ExceptionCase::kind)
        .containsExactly(ExceptionKind.CONFLICTING_NOTIFICATION);
    assertThat(values(Topics.ORDER_TRANSITIONS)).hasSize(2);
  }

  @Test
  void aFullRefundSaysSoOnceAndItsRepetitionIsCounted() {
    send(Given.placed("o1", 1200));
    send(Given.paid("t1", "o1", 1200));
    send(Given.refunded("t1", "r1", "o1", 1200));
    send(Given.refunded("t1", "r1", "o1", 1200));
    assertThat(values(Topics.ORDER_REFUNDED))
        .singleElement()
        .satisfies(refunded -> assertThat(refunded.orderVersion()).isEqualTo(3));
    assertThat(values(Topics.ORDER_PAID)).hasSize(1);
    assertThat(values(Topics.ORDER_TRANSITIONS)).hasSize(3);
    assertThat(values(Topics.NOTIFICATION_RECEIPTS))
        .extracting(NotificationReceipt::deliveries)
        .containsExactly(1L, 1L, 2L);
    assertThat(values(Topics.PAYMENT_EXCEPTIONS)).isEmpty();
  }

  @Test
  void anUnsignedRefundChangesNothingUntilItsConfirmationCounts() {
    send(Given.placed("o1", 1200));
    send(Given.paid("t1", "o1", 1200));
    send(Given.refundNoticed("t1", "o1"));
    send(Given.refundNoticed("t1", "o1", 999));
    assertThat(values(Topics.ORDER_INPUTS)).hasSize(2);
    assertThat(values(Topics.ORDER_REFUNDED)).isEmpty();
    assertThat(values(Topics.PAYMENT_EXCEPTIONS)).isEmpty();
    List<ProviderRequest> requests = values(Topics.PROVIDER_REQUESTS);
    assertThat(requests).hasSize(1);
    ProviderRequest asked = requests.get(0);
    assertThat(asked.kind()).isEqualTo(RequestKind.QUERY_REFUND);
    assertThat(asked.transactionId()).isEqualTo("t1");
    assertThat(asked.refundNo()).isEqualTo("R-1");
    assertThat(asked.asked().toString()).isEqualTo("wechat:a1");

    send(Given.refundConfirmed("t1", "o1"));
    send(Given.answered(asked, Answer.TOLD));
    assertThat(values(Topics.ORDER_REFUNDED)).hasSize(1);
    assertThat(values(Topics.PAYMENT_EXCEPTIONS)).isEmpty();
    assertThat(values(Topics.PROVIDER_REQUESTS)).isEmpty();
    assertThat(values(Topics.DEAD_LETTERS)).isEmpty();
  }

  @Test
  void anUnsignedRefundThatIsKnownAlreadyAsksNothing() {
    send(Given.placed("o1", 1200));
    send(Given.paid("t1", "o1", 1200));
    send(Given.refundConfirmed("t1", "o1"));
    send(Given.refundNoticed("t1", "o1"));
    assertThat(values(Topics.PROVIDER_REQUESTS)).isEmpty();
    assertThat(values(Topics.ORDER_REFUNDED)).hasSize(1);
    assertThat(values(Topics.PAYMENT_EXCEPTIONS)).isEmpty();
  }

  @Test
  void aTradeClosedUnpaidIsCountedAndReachesNoLedger() {
    send(Given.placed("o1", 1200));
    send(Given.closedUnpaid("o1"));
    send(Given.closedUnpaid("o1"));
    assertThat(values(Topics.ORDER_INPUTS)).hasSize(1);
    assertThat(values(Topics.NOTIFICATION_RECEIPTS))
        .extracting(NotificationReceipt::deliveries)
        .containsExactly(1L, 2L);
    assertThat(values(Topics.DEAD_LETTERS)).isEmpty();
  }

  @Test
  void aCommandIdPassesOnce() {
    send(Given.placed("o1", 1200));
    send(Given.placed("o1", 1200));
    send(Given.cancelled("o1"));
    send(Given.cancelled("o1"));
    assertThat(values(Topics.ORDER_INPUTS)).hasSize(2);
    assertThat(values(Topics.ORDER_CANCELLED)).hasSize(1);
  }

  @Test
  void aCommandThatChangedNothingIsToldWhatBecameOfIt() {
    OrderKey order = new OrderKey("s1", "o1");
    send(Given.placed("o1", 1200));
    send(Given.command(OrderCommand.ship(order, "c1", "shop", Given.NOW)));
    send(Given.command(OrderCommand.cancel(order, "c2", "shop", Given.NOW)));
    send(Given.command(OrderCommand.cancel(order, "c3", "shop", Given.NOW)));
    send(Given.command(OrderCommand.cancel(order, "c3", "shop", Given.NOW)));
    send(Given.command(OrderCommand.ship(order, "c2", "shop", Given.NOW)));

    List<CommandOutcome> outcomes = values(Topics.COMMAND_OUTCOMES);
    assertThat(outcomes)
        .extracting(CommandOutcome::commandId)
        .containsExactlyInAnyOrder("c1", "c3", "c2");
    assertThat(outcomes)
        .extracting(CommandOutcome::result)
        .containsExactlyInAnyOrder(
            CommandResult.REFUSED, CommandResult.UNCHANGED, CommandResult.IDEMPOTENCY_CONFLICT);
    // What changed the order is told by its transition, under the id that the command has there.
    assertThat(values(Topics.ORDER_TRANSITIONS))
        .extracting(OrderTransition::inputId)
        .containsExactly(
            CommandOutcome.inputId(order, "place-1200"), CommandOutcome.inputId(order, "c2"));
  }

  @Test
  void whatIntakeForgotTheLedgerStillKnows() {
    send(Given.placed("o1", 1200));
    send(Given.paid("t1", "o1", 1200));
    driver.advanceWallClockTime(Received.REMEMBERED.plus(Duration.ofMinutes(1)));
    KeyValueStore<Bytes, byte[]> received = driver.getKeyValueStore(Received.STORE);
    assertThat(received.approximateNumEntries()).isZero();

    send(Given.paid("t1", "o1", 1200));
    assertThat(values(Topics.ORDER_INPUTS)).hasSize(3);
    assertThat(values(Topics.ORDER_PAID)).hasSize(1);
    assertThat(values(Topics.ORDER_TRANSITIONS)).hasSize(2);
  }

  @Test
  void anEndedOrderIsKeptSmallAndKnowsItsMoneyForEver() {
    OrderKey order = new OrderKey("s1", "o1");
    send(Given.placed("o1", 1200));
    send(Given.paid("t1", "o1", 1200));
    send(Given.command(OrderCommand.ship(order, "ship", "shop", Given.NOW)));
    KeyValueStore<Bytes, byte[]> ledgers = driver.getKeyValueStore(LedgerProcessor.STORE);
    Bytes key = Bytes.wrap("s1:o1".getBytes(UTF_8));
    int whole = ledgers.get(key).length;
    send(Given.command(OrderCommand.complete(order, "complete", "shop", Given.NOW)));
    assertThat(ledgers.get(key)).hasSizeLessThan(whole / 2);
    assertThat(values(Topics.ORDER_TRANSITIONS)).hasSize(4);
    driver.advanceWallClockTime(Received.REMEMBERED.plus(Duration.ofMinutes(1)));

    send(Given.paid("t1", "o1", 1200));
    assertThat(values(Topics.ORDER_TRANSITIONS)).isEmpty();
    send(Given.paid("t1", "o1", 1300));
    send(Given.paid("t2", "o1", 1200));
    assertThat(values(Topics.PAYMENT_EXCEPTIONS))
        .extracting(ExceptionCase::kind)
        .containsExactly(ExceptionKind.CONFLICTING_NOTIFICATION, ExceptionKind.DOUBLE_PAYMENT);
    send(Given.refunded("t1", "r1", "o1", 1200));
    assertThat(values(Topics.ORDER_REFUNDED)).hasSize(1);
    assertThat(values(Topics.ORDER_PAID)).hasSize(1);
    assertThat(values(Topics.DEAD_LETTERS)).isEmpty();
  }

  @Test
  void forgettingGoesOnWhereTheLastFiringStopped() {
    int old = Received.READ_A_FIRING + Received.READ_A_FIRING / 2;
    for (int i = 0; i < old; i++) {
      send(Given.paid("old" + i, "o" + i, 1200));
    }
    for (int i = 0; i < old; i++) {
      send(Given.paid("new" + i, "o" + i, 1200), Given.NOW.plus(Duration.ofDays(1)));
    }
    driver.advanceWallClockTime(Received.REMEMBERED.plus(Duration.ofMinutes(1)));
    KeyValueStore<Bytes, byte[]> received = driver.getKeyValueStore(Received.STORE);
    assertThat(identities(received)).hasSizeGreaterThan(old);
    driver.advanceWallClockTime(Duration.ofSeconds(3));
    driver.advanceWallClockTime(Duration.ofSeconds(3));
    assertThat(identities(received)).hasSize(old).allMatch(identity -> identity.contains("new"));
  }

  private static List<String> identities(KeyValueStore<Bytes, byte[]> received) {
    List<String> identities = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> entries = received.all()) {
      entries.forEachRemaining(entry -> identities.add(new String(entry.key.get(), UTF_8)));
    }
    return identities;
  }

  @Test
  void withinTheTimeNothingIsForgotten() {
    send(Given.paid("t1", "o1", 1200));
    driver.advanceWallClockTime(Received.REMEMBERED.minus(Duration.ofMinutes(1)));
    send(Given.paid("t1", "o1", 1200));
    assertThat(values(Topics.ORDER_INPUTS)).hasSize(1);
  }

  @Test
  void anUnrecognisedEventIsKeptForADeveloper() {
    send(Given.unrecognised());
    assertDeadLetter(DeadLetterReason.UNRECOGNISED_EVENT_TYPE, "PAYSCORE.USER_PAID");
    assertThat(values(Topics.NOTIFICATION_RECEIPTS)).isEmpty();
  }

  @Test
  void poisonIsKeptWithItsBytesAndStopsNothing() {
    ProducerRecord<byte[], byte[]> good = Given.paid("t1", "o1", 1200);
    send(new ProducerRecord<>(good.topic(), null, good.key(), "no json".getBytes(UTF_8)));
    List<DeadLetter> letters = assertDeadLetter(DeadLetterReason.UNREADABLE_RECORD, "header");
    assertThat(letters.get(0).original().bytes()).isEqualTo("no json".getBytes(UTF_8));
    assertThat(letters.get(0).source().topic()).isEqualTo(good.topic());
    send(good);
    assertThat(values(Topics.ORDER_INPUTS)).hasSize(1);
  }

  @Test
  void aCommandThatIsNoJsonIsKept() {
    send(new ProducerRecord<>("order-commands", null, null, "{".getBytes(UTF_8)));
    assertDeadLetter(DeadLetterReason.UNREADABLE_RECORD, "JSON");
  }

  @Test
  void aCommandOfTheLargestSizeIsKept() {
    byte[] large = new byte[Topic.MAX_MESSAGE_BYTES];
    send(new ProducerRecord<>("order-commands", null, null, large));
    List<DeadLetter> letters = assertDeadLetter(DeadLetterReason.UNREADABLE_RECORD, "JSON");
    assertThat(Topics.DEAD_LETTERS.json().write(letters.get(0)).length)
        .isLessThan(Topic.MAX_DEAD_LETTER_BYTES - 8_192);
  }

  @Test
  void aRecordWithoutAValueIsKept() {
    send(new ProducerRecord<>("order-commands", null, new byte[] {1}, null));
    assertDeadLetter(DeadLetterReason.UNREADABLE_RECORD, "no value");
  }

  @Test
  void anotherKeyIsKeptBecauseItsMemoryIsElsewhere() {
    ProducerRecord<byte[], byte[]> good = Given.paid("t1", "o1", 1200);
    send(
        new ProducerRecord<>(
            good.topic(), null, "other".getBytes(UTF_8), good.value(), good.headers()));
    assertDeadLetter(DeadLetterReason.WRONG_KEY, "transaction_id");
  }

  @Test
  void aRecordOfAnotherTopicIsKept() {
    ProducerRecord<byte[], byte[]> stray = Given.placed("o1", 1200);
    send(
        new ProducerRecord<>(
            "payment-notifications", null, stray.key(), stray.value(), stray.headers()));
    assertDeadLetter(DeadLetterReason.WRONG_TOPIC, "another topic");
  }

  @Test
  void aChangedPayloadIsKept() {
    ProducerRecord<byte[], byte[]> good = Given.placed("o1", 1200);
    byte[] changed = new String(good.value(), UTF_8).replace("1200", "1201").getBytes(UTF_8);
    send(new ProducerRecord<>(good.topic(), null, good.key(), changed, good.headers()));
    assertDeadLetter(DeadLetterReason.PAYLOAD_HASH_MISMATCH, "payload");
  }

  @Test
  void aNewerSchemaIsKeptForTheNewerReader() {
    ProducerRecord<byte[], byte[]> good = Given.placed("o1", 1200);
    byte[] newer =
        new String(good.value(), UTF_8)
            .replaceFirst("\"schema\":\\d", "\"schema\":9")
            .getBytes(UTF_8);
    send(new ProducerRecord<>(good.topic(), null, good.key(), newer, new RecordHeaders()));
    assertDeadLetter(DeadLetterReason.UNSUPPORTED_SCHEMA, "schema 9");
  }

  @Test
  void aDefectOfOursBecomesADeadLetterAndStopsNothing() {
    KeyValueStore<Bytes, byte[]> ledgers = driver.getKeyValueStore(LedgerProcessor.STORE);
    ledgers.put(Bytes.wrap("s1:o1".getBytes(UTF_8)), "corrupt".getBytes(UTF_8));
    send(Given.placed("o1", 1200));
    assertDeadLetter(DeadLetterReason.PROCESSING_FAILED, LedgerProcessor.NAME);
    assertThat(
            registry
                .get("paidonce.dead.letters")
                .tag("reason", DeadLetterReason.PROCESSING_FAILED.name())
                .counter()
                .count())
        .isEqualTo(1);
    send(Given.placed("o2", 1200));
    assertThat(values(Topics.ORDER_TRANSITIONS)).hasSize(1);
  }

  @Test
  void aDefectThatManyRecordsMeetWritesItsStackTraceOnce() {
    ListAppender<ILoggingEvent> written = new ListAppender<>();
    Logger log = (Logger) LoggerFactory.getLogger(PoisonHandler.class);
    log.addAppender(written);
    written.start();
    driver
        .getKeyValueStore(LedgerProcessor.STORE)
        .put(Bytes.wrap("s1:o1".getBytes(UTF_8)), "corrupt".getBytes(UTF_8));
    send(Given.placed("o1", 1200));
    send(Given.paid("t1", "o1", 1200));
    log.detachAppender(written);
    assertThat(written.list).hasSize(2);
    assertThat(written.list.get(0).getThrowableProxy()).isNotNull();
    assertThat(written.list.get(1).getThrowableProxy()).isNull();
    assertThat(written.list.get(1).getFormattedMessage()).contains("order-inputs-0@1", "as before");
  }

  @Test
  void whatADefectKeptIsProcessedWhenItIsMendedAndDrivenAgain() {
    KeyValueStore<Bytes, byte[]> ledgers = driver.getKeyValueStore(LedgerProcessor.STORE);
    Bytes order = Bytes.wrap("s1:o1".getBytes(UTF_8));
    ledgers.put(order, "corrupt".getBytes(UTF_8));
    send(Given.placed("o1", 1200));
    DeadLetter letter = assertDeadLetter(DeadLetterReason.PROCESSING_FAILED, "").get(0);
    send(Given.paid("t1", "o1", 1200));
    DeadLetter payment = assertDeadLetter(DeadLetterReason.PROCESSING_FAILED, "").get(0);

    ledgers.delete(order);
    send(again(payment));
    send(again(letter));
    send(again(payment));

    assertThat(values(Topics.DEAD_LETTERS)).isEmpty();
    assertThat(values(Topics.ORDER_PAID)).hasSize(1);
  }

  /** As {@code ./paidonce deadletters redrive} publishes it. */
  private static ProducerRecord<byte[], byte[]> again(DeadLetter letter) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            letter.origin(), null, letter.key().bytes(), letter.original().bytes());
    letter.headers().forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
    return record;
  }

  @Test
  void ofItsHeadersADeadLetterKeepsOnlyThoseWeWriteOurselves() {
    RecordHeaders headers = new RecordHeaders();
    for (String name :
        List.of(
            "traceparent", "ce_id", "paidonce_redrive_of", "customer", "ce_phone", "paidonce_x")) {
      headers.add(name, "13800000000".getBytes(UTF_8));
    }
    headers.add("ce_source", "x".repeat(1_025).getBytes(UTF_8));
    send(
        new ProducerRecord<>("order-commands", null, new byte[] {1}, "{".getBytes(UTF_8), headers));
    assertThat(assertDeadLetter(DeadLetterReason.UNREADABLE_RECORD, "JSON").get(0).headers())
        .containsOnlyKeys("traceparent", "ce_id", "paidonce_redrive_of");
  }

  @Test
  void anOrderThatOutgrowsItsTopicIsKeptAndStopsNothing() {
    int payments = 0;
    while (driver.producedTopicNames().stream().noneMatch(Topics.DEAD_LETTERS.name()::equals)) {
      send(Given.paid("transaction-".repeat(9) + payments++, "o1", 1));
    }
    assertThat(payments).isGreaterThan(100);
    assertDeadLetter(DeadLetterReason.ORDER_TOO_LARGE, "payments");
    send(Given.placed("o2", 1200));
    assertThat(values(Topics.ORDER_TRANSITIONS)).hasSize(payments);
  }

  @Test
  void everyRecordNamesItsTopicAndCarriesTheTraceOfItsCause() throws Exception {
    send(Given.placed("o1", 1200));
    send(Given.paid("t1", "o1", 1200));
    TestOutputTopic<byte[], byte[]> paid = output(Topics.ORDER_PAID);
    TestRecord<byte[], byte[]> record = paid.readRecord();
    assertThat(Topics.ORDER_PAID.read(record.headers(), record.value()).orderNo()).isEqualTo("o1");
    assertThat(EventHeaders.text(record.headers(), EventHeaders.TRACEPARENT)).startsWith("00-0af7");
    assertThat(EventHeaders.text(record.headers(), EventHeaders.ID)).isEqualTo("order-paid/s1:o1");
    assertThat(record.key()).isEqualTo("s1:o1".getBytes(UTF_8));
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    send(record, Given.NOW);
  }

  private void send(ProducerRecord<byte[], byte[]> record, Instant at) {
    TestInputTopic<byte[], byte[]> input =
        driver.createInputTopic(
            record.topic(), new ByteArraySerializer(), new ByteArraySerializer());
    input.pipeInput(new TestRecord<>(record.key(), record.value(), record.headers(), at));
  }

  private List<DeadLetter> assertDeadLetter(DeadLetterReason reason, String detail) {
    List<DeadLetter> letters = values(Topics.DEAD_LETTERS);
    assertThat(letters).hasSize(1);
    assertThat(letters.get(0).reason()).isEqualTo(reason);
    assertThat(letters.get(0).detail()).contains(detail);
    return letters;
  }

  private TestOutputTopic<byte[], byte[]> output(Topic<?> topic) {
    return driver.createOutputTopic(
        topic.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private <V> List<V> values(Topic<V> topic) {
    List<V> values = new ArrayList<>();
    TestOutputTopic<byte[], byte[]> output = output(topic);
    while (!output.isEmpty()) {
      TestRecord<byte[], byte[]> record = output.readRecord();
      try {
        values.add(topic.read(record.headers(), record.value()));
      } catch (UnreadableRecordException e) {
        throw new AssertionError("the topology wrote a record it could not read", e);
      }
    }
    return values;
  }
}
