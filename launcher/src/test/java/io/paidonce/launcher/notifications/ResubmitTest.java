package io.paidonce.launcher.notifications;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paidonce.contract.NotificationReceipt;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnreadableRecordException;
import io.paidonce.providers.EvidenceCheck;
import io.paidonce.reconciler.proof.SignedTraffic;
import io.paidonce.reconciler.replay.MemoryLog;
import io.paidonce.streams.VirtualTopology;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writing a notification again is told, and changes nothing where its fact is known. */
class ResubmitTest {

  private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");

  @TempDir private static Path stateDir;
  private static MemoryLog log;

  /** What the topology wrote of the resubmission of each notification, by topic. */
  private static final Map<String, List<ProducerRecord<byte[], byte[]>>> WRITTEN = new HashMap<>();

  @BeforeAll
  static void play() {
    log = SignedTraffic.play(stateDir.resolve("paid"), ResubmitTest::resubmitAll);
  }

  private static void resubmitAll(MemoryLog log, VirtualTopology topology) {
    for (StoredNotification stored : stored(log)) {
      ProducerRecord<byte[], byte[]> again = again(stored);
      log.add(again, NOW);
      topology.send(again);
    }
    for (Topic<?> topic : Topics.all()) {
      WRITTEN.put(topic.name(), topology.written(topic));
    }
  }

  private static List<StoredNotification> stored(MemoryLog log) {
    return log.records(Topics.PAYMENT_NOTIFICATIONS).stream().map(StoredNotification::of).toList();
  }

  private static ProducerRecord<byte[], byte[]> again(StoredNotification stored) {
    return Resubmit.record(stored, "on-call", "its input was lost", NOW);
  }

  @Test
  void aPaidOrdersNotificationsChangeNothingWhenTheyComeAgain() {
    List<String> written = new ArrayList<>();
    WRITTEN.forEach((topic, records) -> records.forEach(record -> written.add(topic)));
    // Told four times, and each telling is counted. Nothing else follows.
    assertThat(written).hasSize(4).containsOnly(Topics.NOTIFICATION_RECEIPTS.name());
  }

  @Test
  void eachTellingIsCountedByItsIdentity() throws UnreadableRecordException {
    Map<String, Long> deliveries = new HashMap<>();
    for (ProducerRecord<byte[], byte[]> record :
        WRITTEN.getOrDefault(Topics.NOTIFICATION_RECEIPTS.name(), List.of())) {
      NotificationReceipt receipt =
          Topics.NOTIFICATION_RECEIPTS.read(record.headers(), record.value());
      assertThat(receipt.conflicts()).isZero();
      deliveries.put(receipt.identity(), receipt.deliveries());
    }
    assertThat(deliveries)
        .containsEntry("wechat:" + SignedTraffic.MCHID + ":payment:4200001", 4L)
        .containsEntry("alipay:" + SignedTraffic.APP_ID + ":payment:2026002", 2L);
  }

  @Test
  void whatWasNeverTakenInIsTakenInByIt() {
    StoredNotification lost = stored(log).get(1);
    try (VirtualTopology topology =
        new VirtualTopology(stateDir.resolve("lost"), SignedTraffic.START)) {
      log.records(Topics.ORDER_COMMANDS).stream()
          .filter(record -> new String(record.key(), UTF_8).equals(SignedTraffic.ALIPAY.toString()))
          .map(
              record ->
                  new ProducerRecord<>(
                      record.topic(), null, null, record.key(), record.value(), record.headers()))
          .forEach(topology::send);
      assertThat(topology.written(Topics.ORDER_PAID)).isEmpty();
      topology.send(again(lost));
      assertThat(topology.written(Topics.ORDER_PAID)).hasSize(1);
    }
  }

  @Test
  void theStoryTellsWhoDidItAndWhy() {
    String words =
        "written again by on-call: its input was lost (it stands at payment-notifications-0@1)";
    assertThat(SignedTraffic.story(log, SignedTraffic.ALIPAY).path("story"))
        .filteredOn(entry -> entry.path("words").asText().contains(words))
        .hasSize(1);
    assertThat(SignedTraffic.story(log, SignedTraffic.ALIPAY).path("notifications"))
        .filteredOn(entry -> entry.path("detail").asText().equals(words))
        .hasSize(1);
  }

  @Test
  void itIsTheSameEvidenceAndVerifiesAsTheFirstDid() throws UnreadableRecordException {
    EvidenceCheck evidence = EvidenceCheck.of(SignedTraffic.accounts());
    StoredNotification first = stored(log).get(0);
    ProducerRecord<byte[], byte[]> record = again(first);
    PaymentNotification again = Topics.PAYMENT_NOTIFICATIONS.read(record.headers(), record.value());
    assertThat(again.evidence()).isEqualTo(first.value().evidence());
    assertThat(again.receivedAt()).isEqualTo(first.value().receivedAt());
    assertThat(evidence.judge(again).fault()).isEmpty();
    assertThat(record.partition()).isEqualTo(first.at().partition());
  }

  @Test
  void whoAndWhyAreNeededAndBounded() {
    StoredNotification one = stored(log).get(0);
    assertThatThrownBy(() -> Resubmit.record(one, " ", "why", NOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("actor");
    assertThatThrownBy(() -> Resubmit.record(one, "me", "x".repeat(201), NOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("why has 201 characters");
  }

  @Test
  void aPersonSeesWhatBecameOfIt() {
    List<StoredNotification> all = stored(log);
    assertThat(shown(all.get(1), SignedTraffic.ALIPAY))
        .contains(
            "notification  payment-notifications-0@1",
            "identity      alipay:" + SignedTraffic.APP_ID + ":payment:2026002",
            "became        version 2 of the order: PENDING -> PAID")
        .noneMatch(line -> line.contains("buyer_logon_id="));
    assertThat(shown(all.get(3), SignedTraffic.WECHAT_V3))
        .contains("became        a repetition of payment-notifications-0@0; it changed nothing");
    assertThat(NotificationText.show(all.get(1), null, true))
        .contains("became        nothing is known of its order")
        .anyMatch(line -> line.contains("total_amount=12.00"));
  }

  private static List<String> shown(StoredNotification one, OrderKey order) {
    return NotificationText.show(one, SignedTraffic.story(log, order), false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3:17", "payment-notifications-3@17"})
  void aPlaceIsReadAsItIsPrinted(String text) {
    assertThat(NotificationPlace.of(text))
        .contains(new RecordCoordinates("payment-notifications", 3, 17));
  }

  @ParameterizedTest
  @ValueSource(strings = {"4200001", "EV-1", "3:", ":17", "order-inputs-3@17", "3:17:1", "-3:17"})
  void anythingElseIsAnId(String text) {
    assertThat(NotificationPlace.of(text)).isEmpty();
  }
}
