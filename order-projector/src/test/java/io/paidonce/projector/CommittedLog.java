package io.paidonce.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paidonce.contract.Balance;
import io.paidonce.contract.ExceptionCase;
import io.paidonce.contract.NotificationReceipt;
import io.paidonce.contract.OrderCancelled;
import io.paidonce.contract.OrderPaid;
import io.paidonce.contract.OrderPayment;
import io.paidonce.contract.OrderRefunded;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.PaymentPolicy;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.TransactionKey;
import io.paidonce.contract.UnreadableRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The oracle: reads all committed records, one by one, and says which rows there must be, in the
 * form of {@link Tables#dump()}.
 */
final class CommittedLog {

  private final Map<String, Map<String, Row>> rows = new TreeMap<>();
  private final List<String> unreadable = new ArrayList<>();

  private record Row(long version, String text) {}

  private CommittedLog() {}

  static CommittedLog read(String bootstrapServers) {
    CommittedLog log = new CommittedLog();
    Map<String, RecordReader> readers =
        Stream.of(
                log.reader(Topics.ORDER_TRANSITIONS, log::transition),
                log.reader(Topics.ORDER_PAID, log::paid),
                log.reader(Topics.ORDER_CANCELLED, log::cancelled),
                log.reader(Topics.ORDER_REFUNDED, log::refunded),
                log.reader(Topics.NOTIFICATION_RECEIPTS, log::receipt),
                log.reader(Topics.PAYMENT_EXCEPTIONS, log::exception),
                // Their rows are compared where each record's columns are tried; here, only what is
                // none.
                log.reader(Topics.ORDER_COMMANDS, value -> {}),
                log.reader(Topics.COMMAND_OUTCOMES, value -> {}),
                log.reader(Topics.PAYMENT_NOTIFICATIONS, value -> {}),
                log.reader(Topics.PROVIDER_REQUESTS, value -> {}),
                log.reader(Topics.DEAD_LETTERS, value -> {}),
                log.reader(Topics.DEAD_LETTER_REDRIVES, value -> {}),
                log.reader(Topics.REJECTIONS, value -> {}),
                log.reader(Topics.GATEWAY_STATUS, value -> {}))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    // A commit returns before its markers are written, so that the end of a committed reader may
    // still be before the records just committed.
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrapServers, "read_committed");
        KafkaConsumer<byte[], byte[]> uncommittedEnds =
            consumer(bootstrapServers, "read_uncommitted")) {
      // All topics at once: one after the other, each would wait for the fetch of the one before.
      List<TopicPartition> partitions =
          readers.keySet().stream()
              .flatMap(topic -> consumer.partitionsFor(topic).stream())
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      Map<TopicPartition, Long> ends = uncommittedEnds.endOffsets(partitions);
      List<TopicPartition> filled =
          partitions.stream().filter(p -> ends.getOrDefault(p, 0L) > 0).toList();
      consumer.assign(filled);
      consumer.seekToBeginning(filled);
      while (filled.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
          readers.get(record.topic()).read(record);
        }
      }
    }
    return log;
  }

  /** Waits until a read store's rows are what the log says now. */
  static void awaitIn(Tables tables, String bootstrapServers) {
    CommittedLog log = read(bootstrapServers);
    Map<String, Set<String>> expected = log.rows();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              assertThat(tables.dump()).isEqualTo(expected);
              assertThat(
                      tables.rows("SELECT topic, partition, \"offset\" FROM projection_refusals"))
                  .containsExactlyInAnyOrderElementsOf(log.unreadable());
            });
  }

  private interface RecordReader {
    void read(ConsumerRecord<byte[], byte[]> record);
  }

  private <V> Map.Entry<String, RecordReader> reader(Topic<V> topic, Consumer<V> reader) {
    return Map.entry(
        topic.name(),
        record -> {
          try {
            reader.accept(topic.read(record.headers(), record.value()));
          } catch (UnreadableRecordException e) {
            unreadable.add(record.topic() + "|" + record.partition() + "|" + record.offset());
          }
        });
  }

  private static KafkaConsumer<byte[], byte[]> consumer(String bootstrapServers, String level) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "isolation.level",
            level,
            "fetch.max.wait.ms",
            50),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  Map<String, Set<String>> rows() {
    Map<String, Set<String>> dump = new TreeMap<>();
    for (String table :
        List.of(
            "orders",
            "order_transitions",
            "payments",
            "refunds",
            "order_balances",
            "notification_receipts",
            "order_paid",
            "order_cancelled",
            "order_refunded",
            "payment_exceptions")) {
      dump.put(
          table,
          rows.getOrDefault(table, Map.of()).values().stream()
              .map(Row::text)
              .collect(Collectors.toCollection(TreeSet::new)));
    }
    return dump;
  }

  /** Coordinates as {@code topic|partition|offset}. */
  List<String> unreadable() {
    return unreadable;
  }

  private void put(String table, String key, long version, Object... columns) {
    String text = Arrays.stream(columns).map(String::valueOf).collect(Collectors.joining("|"));
    rows.computeIfAbsent(table, t -> new HashMap<>())
        .merge(key, new Row(version, text), (a, b) -> b.version() > a.version() ? b : a);
  }

  private void transition(OrderTransition t) {
    String order = t.shop() + "|" + t.orderNo();
    PaymentPolicy policy = Objects.requireNonNullElse(t.after().policy(), PaymentPolicy.DEFAULT);
    TransactionKey paying = t.after().payingTransaction();
    put(
        "orders",
        order,
        t.version(),
        order,
        t.version(),
        t.after().status(),
        t.after().amountDueMinor(),
        t.after().currency(),
        t.after().placedAt(),
        paying == null ? null : paying.provider(),
        paying == null ? null : paying.account(),
        paying == null ? null : paying.transactionId(),
        t.at(),
        policy.partialPayments() ? "t" : "f",
        policy.latePayment(),
        t.after().dueSince());
    put(
        "order_transitions",
        order + "|" + t.version(),
        0,
        order,
        t.version(),
        t.from(),
        t.to(),
        t.inputId(),
        t.cause(),
        t.at(),
        t.source().topic(),
        t.source().partition(),
        t.source().offset());
    for (OrderPayment payment : t.after().payments()) {
      PaymentFact fact = payment.fact();
      put(
          "payments",
          order + fact.transaction(),
          t.version(),
          fact.provider(),
          fact.account(),
          fact.transactionId(),
          order,
          fact.amountMinor(),
          fact.currency(),
          fact.payee(),
          fact.expectedPayee(),
          payment.standing(),
          fact.occurredAt(),
          fact.receivedAt(),
          fact.witness(),
          t.version(),
          payment.refundedMinor(),
          payment.excessMinor());
    }
    for (RefundFact fact : t.after().refunds()) {
      long identityTotal =
          fact.amountMinor() == null ? Objects.requireNonNull(fact.refundedTotalMinor()) : 0;
      put(
          "refunds",
          order + fact.transaction() + fact.refundId() + fact.outcome() + identityTotal,
          t.version(),
          fact.provider(),
          fact.account(),
          fact.transactionId(),
          fact.refundId(),
          fact.outcome(),
          identityTotal,
          order,
          fact.merchantRefundNo(),
          fact.amountMinor(),
          fact.refundedTotalMinor(),
          fact.transactionAmountMinor(),
          fact.currency(),
          fact.occurredAt(),
          fact.receivedAt(),
          fact.witness(),
          t.version());
    }
    for (Balance b : t.after().balances()) {
      put(
          "order_balances",
          order + b.currency(),
          t.version(),
          order,
          b.currency(),
          b.receivedMinor(),
          b.appliedMinor(),
          b.owedBackMinor(),
          b.suspenseMinor(),
          t.version(),
          b.refundedMinor());
    }
  }

  private void paid(OrderPaid p) {
    put(
        "order_paid",
        p.shop() + "|" + p.orderNo(),
        0,
        p.shop(),
        p.orderNo(),
        p.eventId(),
        p.orderVersion(),
        p.amountMinor(),
        p.currency(),
        p.provider(),
        p.account(),
        p.transactionId(),
        p.paidAt(),
        p.receivedAt());
  }

  private void cancelled(OrderCancelled c) {
    put(
        "order_cancelled",
        c.shop() + "|" + c.orderNo(),
        0,
        c.shop(),
        c.orderNo(),
        c.eventId(),
        c.orderVersion(),
        c.commandId(),
        c.actor(),
        c.at());
  }

  private void refunded(OrderRefunded r) {
    put(
        "order_refunded",
        r.shop() + "|" + r.orderNo(),
        0,
        r.shop(),
        r.orderNo(),
        r.eventId(),
        r.orderVersion(),
        r.amountMinor(),
        r.currency(),
        r.provider(),
        r.account(),
        r.transactionId(),
        r.refundedAt(),
        r.receivedAt());
  }

  private void receipt(NotificationReceipt r) {
    put(
        "notification_receipts",
        r.identity(),
        r.revision(),
        r.identity(),
        r.shop(),
        r.orderNo(),
        r.fingerprint(),
        r.deliveries(),
        r.conflicts(),
        r.firstReceivedAt(),
        r.lastReceivedAt(),
        r.witnesses(),
        r.keyIds(),
        r.first().topic(),
        r.first().partition(),
        r.first().offset(),
        r.revision());
  }

  private void exception(ExceptionCase e) {
    String evidence =
        e.evidence().entrySet().stream()
            // jsonb orders names by length first.
            .sorted(
                java.util.Comparator.comparing(
                        (Map.Entry<String, String> entry) -> entry.getKey().length())
                    .thenComparing(Map.Entry::getKey))
            .map(entry -> quoted(entry.getKey()) + ": " + quoted(entry.getValue()))
            .collect(Collectors.joining(", ", "{", "}"));
    put(
        "payment_exceptions",
        e.exceptionId(),
        e.revision(),
        e.exceptionId(),
        e.kind(),
        e.shop(),
        e.orderNo(),
        e.state(),
        e.revision(),
        e.suggestedAction(),
        evidence,
        e.openedAt(),
        e.at(),
        e.source().topic(),
        e.source().partition(),
        e.source().offset());
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
