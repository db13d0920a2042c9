package io.paidonce.benchmarks.topology;

import io.paidonce.benchmarks.load.Merchant;
import io.paidonce.benchmarks.load.Phase;
import io.paidonce.contract.EventHead;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.Topics;
import io.paidonce.providers.Account;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.CallbackSigner;
import io.paidonce.providers.CallbackSigner.PaidNotice;
import io.paidonce.providers.Problems;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.Verdict;
import io.paidonce.providers.wechatv3.WechatV3Protocol;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Fills {@code payment-notifications} with what the gateway would have put there: signed, verified,
 * decrypted and normalised, with the raw evidence.
 */
final class RawNotifications {

  private static final String SOURCE = "/paidonce/bench";
  private static final int LINGER_MS = 20;

  private final String kafka;
  private final Clock clock;
  private final CallbackSigner signer;
  private final Account account;

  RawNotifications(String kafka, Merchant merchant, Clock clock) {
    this.kafka = kafka;
    this.clock = clock;
    this.signer = merchant.signer(new SplittableRandom(merchant.seed()));
    Problems problems = Problems.none();
    this.account =
        new WechatV3Protocol()
            .open(merchant.config(), problems)
            .orElseThrow(() -> new IllegalStateException(problems.lines().toString()));
  }

  /**
   * One payment for each order of the phase; returns once Kafka has all of them.
   *
   * @param from the first order's number
   * @param to the last one's plus one
   * @param transactionIds by the order's number
   */
  void pay(Phase phase, int from, int to, IntFunction<String> transactionIds) {
    AtomicReference<@Nullable Exception> failed = new AtomicReference<>();
    try (KafkaProducer<byte[], byte[]> producer = producer(LINGER_MS)) {
      for (int i = from; i < to; i++) {
        records(phase.orderNo(i), transactionIds.apply(i))
            .forEach(record -> send(producer, record, failed));
      }
    }
    requireStored(failed);
  }

  /**
   * Payments at a constant rate from now on.
   *
   * @return when each was to be sent, by {@link System#nanoTime}; the last is stored then
   */
  long[] payAt(int count, int perSecond, List<ProducerRecord<byte[], byte[]>> made) {
    AtomicReference<@Nullable Exception> failed = new AtomicReference<>();
    long[] dueNanos = new long[count];
    try (KafkaProducer<byte[], byte[]> producer = producer(0)) {
      long start = System.nanoTime();
      for (int i = 0; i < count; i++) {
        dueNanos[i] = start + i * 1_000_000_000L / perSecond;
        for (long left = dueNanos[i] - System.nanoTime(); left > 0; ) {
          LockSupport.parkNanos(left);
          left = dueNanos[i] - System.nanoTime();
        }
        send(producer, made.get(i), failed);
      }
    }
    requireStored(failed);
    return dueNanos;
  }

  /** What {@link #payAt} sends, one record for each order. */
  List<ProducerRecord<byte[], byte[]>> made(Phase phase, int count) {
    List<ProducerRecord<byte[], byte[]>> made = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      made.addAll(records(phase.orderNo(i), phase.transactionId(i)));
    }
    return made;
  }

  private List<ProducerRecord<byte[], byte[]>> records(String orderNo, String transactionId) {
    return received(orderNo, transactionId).stream()
        .map(
            notification ->
                Topics.PAYMENT_NOTIFICATIONS.record(
                    notification.key(),
                    notification,
                    new EventHead(orderNo, SOURCE, notification.receivedAt(), null)))
        .toList();
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer,
      ProducerRecord<byte[], byte[]> record,
      AtomicReference<@Nullable Exception> failed) {
    Future<RecordMetadata> unused =
        producer.send(record, (stored, failure) -> failed.compareAndSet(null, failure));
  }

  private static void requireStored(AtomicReference<@Nullable Exception> failed) {
    Exception failure = failed.get();
    if (failure != null) {
      throw new IllegalStateException("payment-notifications can't be filled", failure);
    }
  }

  private KafkaProducer<byte[], byte[]> producer(int lingerMs) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka,
            ProducerConfig.CLIENT_ID_CONFIG,
            "paidonce-bench-fill",
            ProducerConfig.LINGER_MS_CONFIG,
            lingerMs,
            // As the gateway does: readers decompress.
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "lz4"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private List<PaymentNotification> received(String orderNo, String transactionId) {
    Instant now = clock.instant();
    SignedCallback callback =
        signer.payment(
            new PaidNotice(
                "notice-" + orderNo,
                transactionId,
                orderNo,
                Merchant.PRICE.amountMinor(),
                Merchant.PRICE.currency(),
                now),
            now);
    Map<String, List<String>> headers = new HashMap<>();
    callback
        .headers()
        .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
    RawBytes body = callback.body();
    Verdict verdict = account.receive(new CallbackRequest(headers, body, now, "fill-" + orderNo));
    if (verdict instanceof Verdict.Authentic authentic) {
      return authentic.notifications();
    }
    throw new IllegalStateException("a signed callback was not taken: " + verdict);
  }
}
