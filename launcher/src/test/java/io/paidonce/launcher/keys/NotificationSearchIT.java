package io.paidonce.launcher.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.EventHead;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.Topics;
import io.paidonce.contract.TopicsAdmin;
import io.paidonce.localstack.LocalStack;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.CallbackSigner.PaidNotice;
import io.paidonce.providers.KeyText;
import io.paidonce.providers.Problems;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.Verdict;
import io.paidonce.providers.alipay.AlipayConfig;
import io.paidonce.providers.alipay.AlipayProtocol;
import io.paidonce.providers.alipay.AlipaySigner;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** The last callback of a key, found on a real broker. */
final class NotificationSearchIT {

  private static final Duration DAY = Duration.ofHours(25);
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final KeyPair KEYS = KeyText.newRsaKeyPair();

  @Test
  void theLastCallbackOfAKeyIsFoundHoweverLongAgo() throws Exception {
    String kafka = LocalStack.shared().kafka().bootstrapServers();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
      new TopicsAdmin(admin, 1).apply();
    }
    PaymentNotification first = received(NOW.minusSeconds(60));
    PaymentNotification last = received(NOW);
    store(kafka, List.of(last, first));
    KeyName key = new KeyName("alipay", "2021000000000077", last.evidence().keyId());
    try (NotificationSearch search = NotificationSearch.at(kafka)) {
      Instant now = Instant.now();
      assertThat(search.last(key, DAY, now)).contains(NOW);
      assertThat(search.last(key, DAY, now.plus(Duration.ofHours(4))))
          .as("in the second step back")
          .contains(NOW);
      assertThat(search.last(key, DAY, now.plus(Duration.ofHours(26))))
          .as("longer ago than is asked about")
          .isEmpty();
      assertThat(search.last(new KeyName("alipay", "2021000000000077", "sha256:0"), DAY, now))
          .as("another key")
          .isEmpty();
      assertThat(search.last(new KeyName("alipay", "2021000000000078", key.id()), DAY, now))
          .as("another account")
          .isEmpty();
    }
  }

  private static PaymentNotification received(Instant at) {
    AlipayConfig config =
        new AlipayConfig(
            "alipay",
            "2021000000000077",
            "tea",
            "2088",
            List.of(KeyText.publicKeyBase64(KEYS.getPublic())),
            null);
    SignedCallback sent =
        new AlipaySigner(KEYS.getPrivate(), "2021000000000077", "2088")
            .payment(new PaidNotice("n", "4200077", "order-77", 1_200, "CNY", at), at);
    Verdict verdict =
        new AlipayProtocol()
            .open(config, Problems.none())
            .orElseThrow()
            .receive(new CallbackRequest(Map.of(), sent.body(), at, "delivery-" + at));
    return ((Verdict.Authentic) verdict).notifications().get(0);
  }

  private static void store(String kafka, List<PaymentNotification> notifications)
      throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka, "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (PaymentNotification notification : notifications) {
        producer
            .send(
                Topics.PAYMENT_NOTIFICATIONS.record(
                    notification.key(),
                    notification,
                    new EventHead(
                        notification.deliveryId(),
                        "/test",
                        notification.receivedAt(),
                        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")))
            .get();
      }
    }
  }
}
