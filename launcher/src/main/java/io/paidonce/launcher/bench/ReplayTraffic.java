package io.paidonce.launcher.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.Authentication;
import io.paidonce.contract.EventHead;
import io.paidonce.contract.Evidence;
import io.paidonce.contract.Money;
import io.paidonce.contract.NotificationKind;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.Witness;
import io.paidonce.ledger.Decision;
import io.paidonce.ledger.Intake;
import io.paidonce.ledger.Ledgers;
import io.paidonce.ledger.OrderLedger;
import io.paidonce.ledger.Reception;
import io.paidonce.ledger.TimeToPay;
import io.paidonce.reconciler.replay.Made;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * What gateway, intake and ledger would have written of many orders, written as fast as the broker
 * takes it: placed and paid, every fourth shipped and completed, every tenth refunded, every fifth
 * payment told twice. Inputs name their sources by the offsets that these are given, so that topics
 * must be new and take our timestamps.
 */
final class ReplayTraffic {

  private static final String SHOP = "bench";
  private static final String PROVIDER = "wechat";
  private static final String ACCOUNT = "1900000001";
  private static final long DUE = 1_200;

  /** About what a WeChat v3 callback has. */
  private static final int BODY_BYTES = 900;

  private final Map<String, long[]> next = new HashMap<>();
  private final AtomicReference<@Nullable Exception> failed = new AtomicReference<>();
  private final Producer<byte[], byte[]> producer;
  private final Evidence evidence;
  private long timeMs;
  private long inputs;

  private ReplayTraffic(Producer<byte[], byte[]> producer, long startMs) {
    this.producer = producer;
    this.timeMs = startMs;
    byte[] body = new byte[BODY_BYTES];
    for (int i = 0; i < body.length; i++) {
      // A ciphertext does not compress; the same one each time does, in a batch.
      body[i] = (byte) (i * 131 + (i >> 3) * 17);
    }
    this.evidence = new Evidence("7132D72A03E93CDDF8C03BBD1F37EEDF", Map.of(), RawBytes.of(body));
  }

  /**
   * Writes orders of some partitions.
   *
   * @param inputs at least so many
   * @param first the first partition
   * @param step and each so many further
   * @param start our clock of the first record
   * @return how many inputs there are
   */
  static long write(String kafka, long inputs, int first, int step, Instant start) {
    try (Producer<byte[], byte[]> producer = producer(kafka)) {
      ReplayTraffic traffic = new ReplayTraffic(producer, start.toEpochMilli());
      int partitions = Topics.ORDER_INPUTS.partitions();
      for (long i = 0; traffic.inputs < inputs; i++) {
        for (int partition = first; partition < partitions; partition += step) {
          traffic.order(i * partitions + partition, partition);
        }
      }
      producer.flush();
      Exception failure = traffic.failed.get();
      if (failure != null) {
        throw new IllegalStateException("the topics can't be filled", failure);
      }
      return traffic.inputs;
    }
  }

  private void order(long number, int partition) {
    OrderKey key = new OrderKey(SHOP, "o" + number);
    OrderLedger order = OrderLedger.unknown(key);
    order =
        command(
            OrderCommand.place(key, Money.of(DUE, "CNY"), "place", "bench", now()),
            order,
            partition);
    PaymentNotification paid = paid(key);
    order = notification(paid, order, partition);
    if (number % 5 == 0) {
      send(Topics.PAYMENT_NOTIFICATIONS, paid.key(), paid, "n-" + key.orderNo(), partition);
    }
    if (number % 4 == 0) {
      order = command(OrderCommand.ship(key, "ship", "bench", now()), order, partition);
      order = command(OrderCommand.complete(key, "done", "bench", now()), order, partition);
    }
    if (number % 10 == 0) {
      notification(refunded(key), order, partition);
    }
  }

  private Instant now() {
    return Instant.ofEpochMilli(timeMs);
  }

  private OrderLedger command(OrderCommand command, OrderLedger before, int partition) {
    Instant receivedAt = now();
    RecordCoordinates at =
        send(
            Topics.ORDER_COMMANDS,
            command.order().toString(),
            command,
            command.commandId(),
            partition);
    return apply(
        Intake.receive(null, command, TimeToPay.DEFAULT, receivedAt, at), before, partition);
  }

  private OrderLedger notification(
      PaymentNotification notification, OrderLedger before, int partition) {
    RecordCoordinates at =
        send(
            Topics.PAYMENT_NOTIFICATIONS,
            notification.key(),
            notification,
            notification.deliveryId(),
            partition);
    return apply(Intake.receive(null, notification, at), before, partition);
  }

  private OrderLedger apply(Reception<?> reception, OrderLedger before, int partition) {
    OrderInput input = ((Reception.First<?>) reception).input();
    send(Topics.ORDER_INPUTS, input.order().toString(), input, input.inputId(), partition);
    inputs++;
    Decision decision = Ledgers.apply(before, input);
    Made.of(
        decision,
        new Made.Sink() {
          @Override
          public <V> void record(Topic<V> topic, V value, String eventId) {
            send(topic, input.order().toString(), value, eventId, partition);
          }
        });
    return decision instanceof Decision.Advance advance ? advance.after() : before;
  }

  private <V> RecordCoordinates send(
      Topic<V> topic, String key, V value, String eventId, int partition) {
    long[] offsets = next.computeIfAbsent(topic.name(), any -> new long[topic.partitions()]);
    ProducerRecord<byte[], byte[]> record =
        topic.record(key, value, new EventHead(eventId, "/paidonce/bench", now(), null));
    Future<RecordMetadata> unused =
        producer.send(
            new ProducerRecord<>(
                topic.name(),
                partition,
                timeMs,
                key.getBytes(UTF_8),
                record.value(),
                record.headers()),
            (stored, failure) -> {
              if (failure != null) {
                failed.compareAndSet(null, failure);
              }
            });
    timeMs++;
    return new RecordCoordinates(topic.name(), partition, offsets[partition]++);
  }

  private PaymentNotification paid(OrderKey key) {
    PaymentFact fact =
        new PaymentFact(
            PROVIDER,
            ACCOUNT,
            "t" + key.orderNo(),
            DUE,
            "CNY",
            ACCOUNT,
            ACCOUNT,
            now().minusSeconds(1),
            now(),
            Witness.CALLBACK);
    return notification(key, NotificationKind.PAYMENT, "TRANSACTION.SUCCESS", fact, null);
  }

  private PaymentNotification refunded(OrderKey key) {
    RefundFact fact =
        new RefundFact(
            PROVIDER,
            ACCOUNT,
            "t" + key.orderNo(),
            "r" + key.orderNo(),
            null,
            RefundOutcome.SUCCEEDED,
            DUE,
            null,
            null,
            "CNY",
            now(),
            now(),
            Witness.CALLBACK);
    return notification(key, NotificationKind.REFUND, "REFUND.SUCCESS", null, fact);
  }

  private PaymentNotification notification(
      OrderKey key,
      NotificationKind kind,
      String type,
      @Nullable PaymentFact payment,
      @Nullable RefundFact refund) {
    return new PaymentNotification(
        PaymentNotification.SCHEMA,
        PROVIDER,
        ACCOUNT,
        "wechat-v3",
        key.shop(),
        key.orderNo(),
        kind,
        type,
        null,
        "d-" + kind + key.orderNo(),
        Authentication.SIGNED,
        Witness.CALLBACK,
        now(),
        payment,
        refund,
        evidence);
  }

  private static Producer<byte[], byte[]> producer(String kafka) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka,
            ProducerConfig.CLIENT_ID_CONFIG,
            "paidonce-bench-fill",
            // Offsets are foretold: nothing may be sent twice or out of turn.
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true,
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            1,
            ProducerConfig.LINGER_MS_CONFIG,
            20,
            ProducerConfig.BATCH_SIZE_CONFIG,
            96 << 10,
            ProducerConfig.BUFFER_MEMORY_CONFIG,
            128L << 20,
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "lz4"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
