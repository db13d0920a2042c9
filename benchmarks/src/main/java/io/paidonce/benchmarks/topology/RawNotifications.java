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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
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
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka,
            ProducerConfig.CLIENT_ID_CONFIG,
            "paidonce-bench-fill",
            ProducerConfig.LINGER_MS_CONFIG,
            LINGER_MS,
            // As the gateway does: readers decompress.
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "lz4");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = from; i < to; i++) {
        String orderNo = phase.orderNo(i);
        for (PaymentNotification notification : received(orderNo, transactionIds.apply(i))) {
          EventHead head = new EventHead(orderNo, SOURCE, notification.receivedAt(), null);
          Future<RecordMetadata> unused =
              producer.send(
                  Topics.PAYMENT_NOTIFICATIONS.record(notification.key(), notification, head),
                  (stored, failure) -> failed.compareAndSet(null, failure));
        }
      }
    }
    Exception failure = failed.get();
    if (failure != null) {
      throw new IllegalStateException("payment-notifications can't be filled", failure);
    }
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
