package io.paidonce.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paidonce.contract.ExceptionCase;
import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.OnDeadline;
import io.paidonce.contract.OrderEvent;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.ledger.TimeToPay;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The outage that closes paid orders where a timer asks the clock: deadlines pass while nobody
 * reads, and payments that met them wait behind a backlog.
 */
class OutageIT {

  // Intake is busy with it for longer than it takes until deadlines are first looked at.
  private static final int BACKLOG = 10_000;

  @TempDir private static Path stateDir;
  private static RealBroker broker;

  @BeforeAll
  static void startBroker() {
    broker = new RealBroker(stateDir);
  }

  @AfterAll
  static void closeClients() {
    broker.close();
  }

  @Test
  void whatWasPaidInTimeIsNotCancelledAfterAnOutageAndWhatWasNotIs() throws Exception {
    DedupStreamsConfig soon =
        broker
            .config()
            .withTimesToPay(Map.of("s1", new TimeToPay(Duration.ofSeconds(2), OnDeadline.LOCAL)));
    try (DedupStreams streams = DedupStreamsMain.start(soon)) {
      await().atMost(RealBroker.SOON).until(streams::isReady);
      // Its due time is in the store when the outage begins.
      broker.send(Given.placed("outage-1", 1200));
      await().atMost(RealBroker.SOON).until(() -> !outage(Topics.ORDER_TRANSITIONS).isEmpty());
    }
    for (int i = 0; i < 40; i++) {
      broker.send(Given.placed("outage-" + i, 1200));
    }
    List<ProducerRecord<byte[], byte[]>> payments = new ArrayList<>();
    for (int i = 0; i < BACKLOG; i++) {
      payments.add(Given.paid("backlog-" + i, "nobody-" + i, 1));
    }
    for (int i = 0; i < 40; i += 2) {
      payments.add(Given.paid("outage-" + i, "outage-" + i, 1200));
    }
    broker.sendAll(payments);
    Instant allAreOver = Instant.now().plusSeconds(2).plus(LedgerProcessor.UNTIL_STORED);
    await().atMost(RealBroker.SOON).until(() -> Instant.now().isAfter(allAreOver));
    try (DedupStreams streams = DedupStreamsMain.start(soon)) {
      await().atMost(RealBroker.SOON).until(() -> outage(Topics.ORDER_CANCELLED).size() >= 20);
      requireThatOnlyUnpaidOnesAreCancelled();
      await().atMost(RealBroker.SOON).until(() -> outage(Topics.ORDER_PAID).size() == 20);
      assertThat(RealBroker.get(streams, "/metrics").body())
          // More than twenty where the ledger had yet to fold what stands before them.
          .containsPattern("paidonce_deadlines_due_total [1-9][0-9]")
          .containsPattern("paidonce_deadlines_behind_seconds [0-9]");
    }
    requireThatOnlyUnpaidOnesAreCancelled();
    assertThat(outage(Topics.PAYMENT_EXCEPTIONS))
        .extracting(ExceptionCase::kind)
        .doesNotContain(ExceptionKind.LATE_PAYMENT);
  }

  private static void requireThatOnlyUnpaidOnesAreCancelled() {
    assertThat(outage(Topics.ORDER_CANCELLED))
        .hasSize(20)
        .allSatisfy(c -> assertThat(number(c.orderNo()) % 2).isEqualTo(1));
  }

  private static <V> List<V> outage(Topic<V> topic) {
    return broker.committed(topic).stream().filter(v -> orderNo(v).startsWith("outage-")).toList();
  }

  private static String orderNo(Object value) {
    return value instanceof OrderEvent event
        ? event.order().orderNo()
        : ((ExceptionCase) value).orderNo();
  }

  private static int number(String orderNo) {
    return Integer.parseInt(orderNo.substring(orderNo.indexOf('-') + 1));
  }
}
