package io.paidonce.reconciler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.paidonce.contract.Answer;
import io.paidonce.contract.Authentication;
import io.paidonce.contract.EventHead;
import io.paidonce.contract.NotificationKind;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.ProviderAccount;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.RequestKind;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnreadableRecordException;
import io.paidonce.providers.ApiTransport;
import io.paidonce.providers.Problems;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The loop round by round, with Kafka's own clients that answer when they are told to. */
class RequestLoopTest {

  private static final TopicPartition P0 = partition(0);
  private static final TopicPartition P1 = partition(1);
  private static final int MAX_WAITING = 10;
  private static final Duration SOON = Duration.ofSeconds(20);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final Merchant merchant = new Merchant();
  private final Health health = new Health();
  private final BlockingQueue<Event> inbox = RequestLoop.newInbox();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private Instant now = Instant.now();
  private long offset;

  private static TopicPartition partition(int number) {
    return new TopicPartition(Topics.PROVIDER_REQUESTS.name(), number);
  }

  @AfterEach
  void close() throws Exception {
    merchant.speak();
    for (AutoCloseable one : opened) {
      one.close();
    }
  }

  private RequestLoop loop(ApiTransport transport) {
    ReconcilerConfig config =
        new ReconcilerConfig(
                "unused", 1, null, null, 8, null, 1000, 1000, null, null, null, null, 0)
            .withAccounts(
                List.of(Merchant.account()), List.of(Merchant.credentials(Merchant.MCHID)));
    Clients clients = Clients.open(config, transport, new Random(7), Problems.none());
    Askers askers = new Askers(clients, 8, inbox::add);
    opened.add(askers);
    RequestLoop loop =
        new RequestLoop(
            onLost -> new RequestLog(consumer, health, onLost),
            new Desk(
                clients.accounts(),
                Clients.protocols(config),
                DeskSettings.DEFAULT,
                new DeliveryIds(() -> now),
                new Random(7),
                now),
            askers,
            new Publisher(producer, inbox::add),
            inbox,
            new ReconcilerMetrics(new SimpleMeterRegistry(), clients.accounts(), () -> now),
            health,
            () -> now,
            MAX_WAITING,
            Duration.ofSeconds(1));
    consumer.updateBeginningOffsets(Map.of(P0, 0L, P1, 0L));
    consumer.rebalance(List.of(P0, P1));
    return loop;
  }

  @Test
  void factsThenTheirAnswerThenTheOffset() throws Exception {
    RequestLoop loop = loop(merchant);
    read(request("paid-1"));
    turnUntil(loop, () -> producer.history().size() == 1);
    assertThat(sent(0).kind()).isEqualTo(NotificationKind.PAYMENT);
    assertNothingMore(loop, 1);

    producer.completeNext();
    turnUntil(loop, () -> producer.history().size() == 2);
    assertThat(sent(1).kind()).isEqualTo(NotificationKind.OBSERVATION);
    assertNothingMore(loop, 2);

    producer.completeNext();
    turnUntil(loop, () -> committed(P0) == 1);
  }

  @Test
  void aCrashBetweenAFactAndItsAnswerRepeatsBothUnderOneIdentity() throws Exception {
    ProviderRequest request = request("paid-1");
    RequestLoop loop = loop(merchant);
    read(request);
    turnUntil(loop, () -> producer.history().size() == 1);
    producer.completeNext();
    turnUntil(loop, () -> producer.history().size() == 2);
    // Here it ends; the answer was sent, and nobody knows whether it is stored.
    assertThat(committed(P0)).isZero();

    RequestLoopTest next = new RequestLoopTest();
    RequestLoop after = next.loop(merchant);
    next.read(request);
    next.turnUntil(
        after,
        () -> {
          next.producer.completeNext();
          return next.committed(P0) == 1;
        });
    next.close();
    assertThat(next.producer.history()).hasSize(2);
    assertThat(next.sent(0).payment().transaction()).isEqualTo(sent(0).payment().transaction());
    assertThat(next.sent(1).observation().requestId()).isEqualTo(sent(1).observation().requestId());
    assertThat(next.sent(1).observation().attempt()).isEqualTo(sent(1).observation().attempt());
    assertThat(next.sent(1).key()).isEqualTo(sent(1).key());
  }

  @Test
  void anAnswerThatIsNotStoredEndsTheLoopAndIsNotCommitted() {
    RequestLoop loop = loop(merchant);
    read(request("open-1"));
    turnUntil(loop, () -> producer.history().size() == 1);
    producer.errorNext(new TimeoutException("Kafka is away"));
    assertThatThrownBy(() -> turnUntil(loop, () -> false))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("Kafka is away");
    assertThat(committed(P0)).isZero();
  }

  @Test
  void whateverEndsItIsSaid() {
    RequestLoop loop = loop(merchant);
    consumer.setPollException(new TimeoutException("Kafka is away"));
    loop.run();
    assertThat(health.isAlive()).isFalse();
    assertThat(health.isReady()).isFalse();
    assertThat(health.failure().toCompletableFuture().join()).hasMessage("Kafka is away");
  }

  @Test
  void aRecordThatIsNoRequestIsKeptAndPassed() throws Exception {
    RequestLoop loop = loop(merchant);
    readRaw(new RecordHeaders(), "no request".getBytes(UTF_8));
    turnUntil(loop, () -> producer.history().size() == 1);
    assertThat(producer.history().get(0).topic()).isEqualTo(Topics.DEAD_LETTERS.name());
    assertNothingMore(loop, 1);
    producer.completeNext();
    turnUntil(loop, () -> committed(P0) == 1);
  }

  @Test
  void aDefectOfOursIsNoReasonToEnd() throws Exception {
    RequestLoop loop =
        loop(
            request -> {
              throw new IllegalStateException("a defect");
            });
    read(request("open-1"));
    turnUntil(loop, () -> producer.history().size() == 1);
    assertThat(sent(0).authentication()).isEqualTo(Authentication.OWN);
    assertThat(sent(0).observation().answer()).isEqualTo(Answer.UNKNOWN);
    assertThat(sent(0).observation().detail()).contains("a defect");
  }

  @Test
  void whatAnotherInstanceHasNowIsNotAnsweredHere() {
    RequestLoop loop = loop(merchant);
    read(request("silent-1"));
    turnUntil(loop, () -> merchant.asked.size() == 1);
    consumer.rebalance(List.of(P1));
    merchant.speak();
    await().atMost(SOON).until(() -> !inbox.isEmpty());
    assertNothingMore(loop, 0);
  }

  @Test
  void whatWasDoneBeforeIsNotAskedAgain() throws Exception {
    Mark mark = Mark.of(new TreeSet<>(Set.of(0L, 2L)), 3);
    RequestLoop loop = loop(merchant);
    consumer.rebalance(List.of(P1));
    consumer.commitSync(Map.of(P1, new OffsetAndMetadata(0)));
    consumer.rebalance(List.of(P0, P1));
    consumer.commitSync(Map.of(P0, new OffsetAndMetadata(mark.offset(), mark.text())));
    consumer.rebalance(List.of(P1));
    consumer.rebalance(List.of(P0, P1));
    for (String orderNo : List.of("open-0", "open-1", "open-2", "open-3")) {
      read(request(orderNo));
    }
    turnUntil(loop, () -> producer.history().size() == 3);
    assertThat(merchant.asked).containsExactlyInAnyOrder("GET open-0", "GET open-2", "GET open-3");
  }

  @Test
  void noMoreIsReadThanThereIsRoomFor() {
    RequestLoop loop = loop(merchant);
    for (int i = 0; i < MAX_WAITING; i++) {
      read(request("silent-" + i));
    }
    turnUntil(loop, () -> !consumer.paused().isEmpty());
    assertThat(consumer.paused()).containsExactlyInAnyOrder(P0, P1);
    merchant.speak();
    turnUntil(
        loop,
        () -> {
          producer.completeNext();
          return consumer.paused().isEmpty();
        });
  }

  private void turnUntil(RequestLoop loop, BooleanSupplier condition) {
    long end = System.nanoTime() + SOON.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + SOON);
      }
      loop.turn();
      now = now.plusMillis(20);
    }
  }

  private void assertNothingMore(RequestLoop loop, int records) {
    for (int i = 0; i < 100; i++) {
      loop.turn();
      now = now.plusMillis(20);
    }
    assertThat(producer.history()).hasSize(records);
    assertThat(committed(P0)).isZero();
  }

  private long committed(TopicPartition partition) {
    OffsetAndMetadata committed = consumer.committed(Set.of(partition)).get(partition);
    return committed == null ? 0 : committed.offset();
  }

  private PaymentNotification sent(int index) throws UnreadableRecordException {
    ProducerRecord<byte[], byte[]> record = producer.history().get(index);
    return Topics.PAYMENT_NOTIFICATIONS.read(record.headers(), record.value());
  }

  private static ProviderRequest request(String orderNo) {
    return Given.request(
        RequestKind.QUERY,
        new ProviderAccount("wechat", Merchant.MCHID),
        orderNo,
        Instant.now(),
        null);
  }

  private void read(ProviderRequest request) {
    ProducerRecord<byte[], byte[]> record =
        Topics.PROVIDER_REQUESTS.record(
            request.order().toString(),
            request,
            new EventHead(request.requestId(), "/test", request.requestedAt(), null));
    readRaw(record.headers(), record.value());
  }

  private void readRaw(Headers headers, byte[] value) {
    consumer.addRecord(
        new ConsumerRecord<>(
            P0.topic(),
            P0.partition(),
            offset++,
            now.toEpochMilli(),
            TimestampType.LOG_APPEND_TIME,
            0,
            value.length,
            null,
            value,
            headers,
            Optional.empty()));
  }
}
