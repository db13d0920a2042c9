package io.paidonce.reconciler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paidonce.contract.Answer;
import io.paidonce.contract.Authentication;
import io.paidonce.contract.DeadLetter;
import io.paidonce.contract.DeadLetterReason;
import io.paidonce.contract.EventHead;
import io.paidonce.contract.EventHeaders;
import io.paidonce.contract.NotificationKind;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.ProviderAccount;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.RequestKind;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.TopicsAdmin;
import io.paidonce.contract.UnreadableRecordException;
import io.paidonce.localstack.LocalStack;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Verdict;
import io.paidonce.providers.wechatv3.WechatV3Protocol;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Requests in, answers out, on a real broker; the provider is played beside it. */
class ReconcilerIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private static String bootstrap;
  private static Admin admin;
  private static KafkaProducer<byte[], byte[]> producer;

  @BeforeAll
  static void startBroker() {
    bootstrap = LocalStack.shared().kafka().bootstrapServers();
    admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
    new TopicsAdmin(admin, 1).apply();
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap, "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @AfterAll
  static void closeClients() {
    producer.close();
    admin.close();
  }

  @Test
  void factsAndAnswersAreStoredAndThenTheRequestsAreDone() throws Exception {
    String group = groupAtTheEnd("answers");
    // Over real HTTP; the other tests need none.
    try (Loopback provider = new Loopback(new Merchant());
        Reconciler running = ReconcilerMain.start(config(group, provider.address()))) {
      await().atMost(SOON).until(running::isReady);
      send(request(RequestKind.QUERY, "paid-1"));
      send(request(RequestKind.QUERY, "open-1"));
      send(request(RequestKind.CLOSE, "close-1"));
      send(request(RequestKind.QUERY, new ProviderAccount("alipay", "2021"), "elsewhere-1"));
      sendGarbage();
      awaitCommitted(group);
      assertThat(metrics(running))
          .contains("paidonce_reconciler_attempts_total{step=\"CLOSE\"} 1.0")
          .contains(
              "paidonce_reconciler_answers_total{answer=\"TOLD\",authentication=\"SIGNED\",kind=\"QUERY\"} 1.0")
          .contains("paidonce_dead_letters_total{reason=\"UNREADABLE_RECORD\"} 1.0");
    }
    List<Stored> paid = stored("paid-1");
    assertThat(paid)
        .extracting(s -> s.notification().kind())
        .containsExactlyInAnyOrder(NotificationKind.PAYMENT, NotificationKind.OBSERVATION);
    Stored fact = only(paid, NotificationKind.PAYMENT);
    Stored told = only(paid, NotificationKind.OBSERVATION);
    assertThat(fact.key()).isEqualTo("wechat:1900000001:t-paid-1");
    assertThat(told.key()).isEqualTo("wechat:1900000001:out:paid-1");
    assertThat(told.timestamp()).isGreaterThanOrEqualTo(fact.timestamp());
    assertThat(fact.traceparent()).isEqualTo(TRACE);
    assertThat(told.traceparent()).isEqualTo(TRACE);
    assertThat(told.notification().observation().answer()).isEqualTo(Answer.TOLD);
    assertThat(answer("open-1")).isEqualTo(Answer.UNPAID);
    assertThat(answer("close-1")).isEqualTo(Answer.CLOSED);
    PaymentNotification elsewhere =
        only(stored("elsewhere-1"), NotificationKind.OBSERVATION).notification();
    assertThat(elsewhere.observation().answer()).isEqualTo(Answer.GAVE_UP);
    assertThat(elsewhere.authentication()).isEqualTo(Authentication.OWN);
    assertThat(elsewhere.observation().detail()).contains("no credentials for alipay:2021");
    assertThat(deadLetters())
        .anyMatch(letter -> letter.reason() == DeadLetterReason.UNREADABLE_RECORD);
    // Whoever doubts it verifies it again.
    for (Stored signed : List.of(fact, only(stored("close-1"), NotificationKind.OBSERVATION))) {
      assertThat(
              new WechatV3Protocol()
                  .open(Merchant.account(), Problems.none())
                  .orElseThrow()
                  .judgeAgain(signed.notification()))
          .isInstanceOf(Verdict.Authentic.class);
    }
  }

  @Test
  void whatWasUnderWayWhenItEndedIsCarriedOutAgainAndNothingIsLost() throws Exception {
    String group = groupAtTheEnd("restart");
    Merchant silent = new Merchant();
    // Some are answered and stand behind one that is not.
    String prefix = "silent-restart";
    try (Reconciler first = start(group, silent)) {
      await().atMost(SOON).until(first::isReady);
      for (int i = 0; i < 24; i++) {
        send(request(RequestKind.QUERY, orderNo(i)));
      }
      await().atMost(SOON).until(() -> answered("open-restart") == 20);
      await().atMost(SOON).until(() -> silent.asked.stream().filter(silent(prefix)).count() == 4);
    }
    // It waited for them a while, and then went without: no answer, and not committed.
    assertThat(answered(prefix)).isZero();
    assertThat(committed(group)).isNotEqualTo(ends(Topics.PROVIDER_REQUESTS));
    Merchant talking = new Merchant();
    talking.speak();
    try (Reconciler second = start(group, talking)) {
      await().atMost(SOON).until(() -> answered(prefix) >= 4);
      awaitCommitted(group);
      assertThat(second.isReady()).isTrue();
    }
    // And only they: what was answered behind them was remembered.
    assertThat(talking.asked).hasSize(4).allMatch(silent(prefix));
    Map<String, Set<String>> requestsByOrder =
        stored("").stream()
            .map(Stored::notification)
            .filter(n -> n.observation() != null)
            .collect(
                groupingBy(n -> n.orderNo(), mapping(n -> n.observation().requestId(), toSet())));
    for (int i = 0; i < 24; i++) {
      assertThat(requestsByOrder.get(orderNo(i))).containsExactly("QUERY/" + orderNo(i));
    }
    silent.speak();
  }

  @Test
  void toldToStopItFinishesWhatIsUnderWay() throws Exception {
    String group = groupAtTheEnd("drain");
    Merchant merchant = new Merchant();
    Reconciler running = start(group, merchant);
    await().atMost(SOON).until(running::isReady);
    send(request(RequestKind.QUERY, "silent-drain"));
    await().atMost(SOON).until(() -> merchant.asked.contains("GET silent-drain"));
    Thread closing = new Thread(running::close);
    closing.start();
    await().atMost(SOON).until(() -> !running.isReady());
    merchant.speak();
    closing.join(SOON.toMillis());
    assertThat(answer("silent-drain")).isEqualTo(Answer.UNPAID);
    awaitCommitted(group);
  }

  private static String orderNo(int i) {
    return (i % 6 == 0 ? "silent-restart-" : "open-restart-") + (100 + i);
  }

  private static Predicate<String> silent(String prefix) {
    return asked -> asked.startsWith("GET " + prefix);
  }

  private static Reconciler start(String group, Merchant merchant) {
    return ReconcilerMain.start(config(group, "https://provider.invalid"), merchant);
  }

  private static ReconcilerConfig config(String group, String host) {
    return new ReconcilerConfig(
            bootstrap, 1, group, null, 8, null, 1000, 1000, null, null, 1_000, null, 0)
        .withAccounts(
            List.of(Merchant.account()), List.of(Merchant.credentials(Merchant.MCHID, host)));
  }

  private static ProviderRequest request(RequestKind kind, String orderNo) {
    return request(kind, new ProviderAccount("wechat", Merchant.MCHID), orderNo);
  }

  private static ProviderRequest request(
      RequestKind kind, ProviderAccount account, String orderNo) {
    Instant now = Instant.now();
    return new ProviderRequest(
        ProviderRequest.SCHEMA,
        kind + "/" + orderNo,
        kind,
        Merchant.SHOP,
        orderNo,
        account.provider(),
        account.account(),
        null,
        null,
        null,
        null,
        null,
        "a test asks",
        1,
        1,
        now,
        now.plusSeconds(300));
  }

  private static void send(ProviderRequest request) throws Exception {
    producer
        .send(
            Topics.PROVIDER_REQUESTS.record(
                request.order().toString(),
                request,
                new EventHead(request.requestId(), "/test", request.requestedAt(), TRACE)))
        .get();
  }

  private static void sendGarbage() throws Exception {
    producer
        .send(new ProducerRecord<>(Topics.PROVIDER_REQUESTS.name(), "no request".getBytes(UTF_8)))
        .get();
  }

  private static void awaitCommitted(String group) {
    await()
        .atMost(SOON)
        .until(
            () -> {
              Map<TopicPartition, Long> committed = committed(group);
              return ends(Topics.PROVIDER_REQUESTS).equals(committed);
            });
  }

  /** What other tests asked for is not for this one. */
  private static String groupAtTheEnd(String group) throws Exception {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    ends(Topics.PROVIDER_REQUESTS)
        .forEach((partition, end) -> offsets.put(partition, new OffsetAndMetadata(end)));
    admin.alterConsumerGroupOffsets(group, offsets).all().get();
    return group;
  }

  private static Map<TopicPartition, Long> committed(String group) throws Exception {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    admin
        .listConsumerGroupOffsets(group)
        .partitionsToOffsetAndMetadata()
        .get()
        .forEach((partition, offset) -> offsets.put(partition, offset.offset()));
    return offsets;
  }

  private static Map<TopicPartition, Long> ends(Topic<?> topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      return consumer.endOffsets(partitions(topic));
    }
  }

  private static List<TopicPartition> partitions(Topic<?> topic) {
    return IntStream.range(0, topic.partitions())
        .mapToObj(p -> new TopicPartition(topic.name(), p))
        .toList();
  }

  private static KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrap,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /** A notification as a stranger reads it. */
  private record Stored(
      String key, PaymentNotification notification, long timestamp, String traceparent) {}

  private static Answer answer(String orderNo) {
    return only(stored(orderNo), NotificationKind.OBSERVATION)
        .notification()
        .observation()
        .answer();
  }

  private static Stored only(List<Stored> stored, NotificationKind kind) {
    List<Stored> found = stored.stream().filter(s -> s.notification().kind() == kind).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static long answered(String prefix) {
    return stored(prefix).stream().map(s -> s.notification().orderNo()).distinct().count();
  }

  private static List<Stored> stored(String prefix) {
    List<Stored> stored = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records(Topics.PAYMENT_NOTIFICATIONS)) {
      PaymentNotification notification = read(Topics.PAYMENT_NOTIFICATIONS, record);
      if (String.valueOf(notification.orderNo()).startsWith(prefix)) {
        stored.add(
            new Stored(
                new String(record.key(), UTF_8),
                notification,
                record.timestamp(),
                EventHeaders.text(record.headers(), EventHeaders.TRACEPARENT)));
      }
    }
    return stored;
  }

  private static List<DeadLetter> deadLetters() {
    return records(Topics.DEAD_LETTERS).stream().map(r -> read(Topics.DEAD_LETTERS, r)).toList();
  }

  private static <V> V read(Topic<V> topic, ConsumerRecord<byte[], byte[]> record) {
    try {
      return topic.read(record.headers(), record.value());
    } catch (UnreadableRecordException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> records(Topic<?> topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions(topic));
      consumer.assign(partitions(topic));
      consumer.seekToBeginning(partitions(topic));
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  private static String metrics(Reconciler running) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + running.managementPort() + "/metrics");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
