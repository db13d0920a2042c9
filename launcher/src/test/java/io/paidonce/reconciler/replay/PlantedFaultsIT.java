package io.paidonce.reconciler.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.TopicsAdmin;
import io.paidonce.contract.UnreadableRecordException;
import io.paidonce.launcher.bench.OurTimes;
import io.paidonce.localstack.LocalKafka;
import io.paidonce.providers.EvidenceCheck;
import io.paidonce.reconciler.proof.SignedTraffic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a hand changed in the topics of a real broker is found and named by its order, and nothing
 * else is. A changed row is planted in {@code ReplayIT}, another build's rule in {@code ShadowIT};
 * each fault by itself, in memory, in {@link ReplayTest}.
 */
@Tag("proof")
class PlantedFaultsIT {

  private static final long SEED = 20260131;
  private static final Instant LATER = SeededTraffic.START.plus(Duration.ofHours(5));

  @TempDir private Path directory;

  /** Where each fault lies. One order has one of them. */
  private final Map<String, DifferenceKind> planted = new TreeMap<>();

  private final Set<String> taken = new HashSet<>();
  private MemoryLog day = new MemoryLog();

  @Test
  void tenFaultsInOneDayAreFoundAndNamedAndNothingElse() {
    day = SeededTraffic.of(SEED, 420, directory.resolve("day"));
    plantTransitions();
    plantOrderPaid();
    plantInputs();
    assertThat(planted).hasSize(10);

    ReplayReport report = replay(day, null);

    Map<String, DifferenceKind> found = new TreeMap<>();
    report.shown().forEach(one -> found.put(nameOf(one), one.kind()));
    assertThat(found).isEqualTo(planted);
    assertThat(report.shown()).hasSameSizeAs(planted.entrySet());
    assertThat(report.untold()).isEmpty();
  }

  @Test
  void aForgedRawBodyIsFoundWithTheKeyThatWasValidThen() {
    MemoryLog signed = SignedTraffic.play(directory.resolve("signed"));
    signed.replace(
        Topics.PAYMENT_NOTIFICATIONS,
        1,
        ReverifyTest.body("total_amount=12.00", "total_amount=13.00"));

    ReplayReport report = replay(signed, EvidenceCheck.of(SignedTraffic.accounts()));

    assertThat(report.shown()).hasSize(1);
    assertThat(report.shown().get(0).kind()).isEqualTo(DifferenceKind.EVIDENCE_DIFFERS);
    assertThat(report.shown().get(0).at()).hasToString("payment-notifications-0@1");
    assertThat(report.shown().get(0).order()).isEqualTo(SignedTraffic.ALIPAY.toString());
  }

  private void plantTransitions() {
    // Of an order that changed again afterwards, so that a number is left out.
    remove(
        DifferenceKind.VERSION_SKIPPED,
        Topics.ORDER_TRANSITIONS,
        record -> transition(record).version() == 2 && versions(record) > 2);
    remove(
        DifferenceKind.TRANSITION_MISSING,
        Topics.ORDER_TRANSITIONS,
        record -> transition(record).to() == OrderStatus.COMPLETED);
    replace(
        DifferenceKind.TRANSITION_DIFFERS,
        Topics.ORDER_TRANSITIONS,
        record -> transition(record).to() == OrderStatus.PAID,
        MemoryLogEdits.text("\"amountMinor\":1200", "\"amountMinor\":1201"));
  }

  private void plantOrderPaid() {
    replace(
        DifferenceKind.RECORD_DIFFERS,
        Topics.ORDER_PAID,
        record -> true,
        MemoryLogEdits.wrongHash());
    remove(DifferenceKind.RECORD_MISSING, Topics.ORDER_PAID, record -> true);
    ConsumerRecord<byte[], byte[]> twice = take(Topics.ORDER_PAID, record -> true);
    day.add(MemoryLogEdits.produced(twice), LATER);
    planted.put(key(twice), DifferenceKind.RECORD_TWICE);
    ConsumerRecord<byte[], byte[]> forged =
        MemoryLogEdits.text(key(twice).substring(3), "never-paid").apply(twice);
    String nobody = key(twice).substring(0, 3) + "never-paid";
    day.add(MemoryLogEdits.produced(forged, nobody, "order-paid/forged"), LATER);
    planted.put(nobody, DifferenceKind.RECORD_EXTRA);
  }

  private void plantInputs() {
    ConsumerRecord<byte[], byte[]> again =
        take(Topics.ORDER_INPUTS, record -> says(record, "\"kind\":\"PAYMENT_SUCCEEDED\""));
    day.add(MemoryLogEdits.produced(again), LATER);
    planted.put(key(again), DifferenceKind.INPUT_TWICE);
    replace(
        DifferenceKind.INPUT_DIFFERS,
        Topics.PAYMENT_NOTIFICATIONS,
        record -> deliveries(record) == 1 && says(record, "\"expectedPayee\":\"19"),
        MemoryLogEdits.text("\"expectedPayee\":\"19", "\"expectedPayee\":\"18"));
    // In the place of a repetition, which decides nothing: one that nobody took in.
    ConsumerRecord<byte[], byte[]> first =
        take(
            Topics.PAYMENT_NOTIFICATIONS,
            record -> isToldTwice(record) && says(record, "\"expectedPayee\""));
    int repetition = lastOf(first);
    ConsumerRecord<byte[], byte[]> lost =
        MemoryLogEdits.text("\"transactionId\":\"t", "\"transactionId\":\"lost").apply(first);
    String lostKey = key(first).replace(":t", ":lost");
    day.replace(
        Topics.PAYMENT_NOTIFICATIONS,
        repetition,
        any ->
            MemoryLog.consumed(
                any.topic(),
                any.offset(),
                any.timestamp(),
                lostKey.getBytes(UTF_8),
                lost.value(),
                lost.headers()));
    planted.put("payment-notifications-0@" + repetition, DifferenceKind.INPUT_MISSING);
  }

  private ReplayReport replay(MemoryLog log, @Nullable EvidenceCheck with) {
    try (LocalKafka kafka = LocalKafka.startInProcess(directory.resolve("kafka"));
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      new TopicsAdmin(admin, 1).apply();
      OurTimes.takenBy(admin);
      try (DayOnBroker written = new DayOnBroker(kafka.bootstrapServers())) {
        written.write(log);
      }
      return Replay.run(
          new ReplayConfig(kafka.bootstrapServers(), "group", null, Duration.ZERO, 2),
          ReplayRange.ALL,
          null,
          new Tally(),
          with);
    }
  }

  // What reached no order has none.
  private static String nameOf(Difference difference) {
    return difference.order() == null || difference.kind() == DifferenceKind.INPUT_MISSING
        ? String.valueOf(difference.at())
        : difference.order();
  }

  private void remove(
      DifferenceKind kind, Topic<?> topic, Predicate<ConsumerRecord<byte[], byte[]>> which) {
    ConsumerRecord<byte[], byte[]> record = take(topic, which);
    day.records(topic).remove(record);
    planted.put(key(record), kind);
  }

  private void replace(
      DifferenceKind kind,
      Topic<?> topic,
      Predicate<ConsumerRecord<byte[], byte[]>> which,
      UnaryOperator<ConsumerRecord<byte[], byte[]>> change) {
    ConsumerRecord<byte[], byte[]> record = take(topic, which);
    day.replace(topic, day.records(topic).indexOf(record), change);
    planted.put(orderOf(record), kind);
  }

  /** The first such record of an order in which nothing is planted yet. */
  private ConsumerRecord<byte[], byte[]> take(
      Topic<?> topic, Predicate<ConsumerRecord<byte[], byte[]>> which) {
    return day.records(topic).stream()
        .filter(which)
        .filter(record -> taken.add(orderOf(record)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no such record in " + topic.name()));
  }

  private static String orderOf(ConsumerRecord<byte[], byte[]> record) {
    if (!record.topic().equals(Topics.PAYMENT_NOTIFICATIONS.name())) {
      return key(record);
    }
    try {
      PaymentNotification told =
          Topics.PAYMENT_NOTIFICATIONS.read(record.headers(), record.value());
      return told.shop() + ":" + told.orderNo();
    } catch (UnreadableRecordException e) {
      throw new AssertionError(e);
    }
  }

  private static String key(ConsumerRecord<byte[], byte[]> record) {
    return Objects.requireNonNull(Matcher.key(record));
  }

  private static boolean says(ConsumerRecord<byte[], byte[]> record, String text) {
    return new String(record.value(), UTF_8).contains(text);
  }

  private static OrderTransition transition(ConsumerRecord<byte[], byte[]> record) {
    try {
      return Topics.ORDER_TRANSITIONS.read(record.headers(), record.value());
    } catch (UnreadableRecordException e) {
      throw new AssertionError(e);
    }
  }

  private int versions(ConsumerRecord<byte[], byte[]> record) {
    return sameKey(record).size();
  }

  private int deliveries(ConsumerRecord<byte[], byte[]> record) {
    return sameKey(record).size();
  }

  private boolean isToldTwice(ConsumerRecord<byte[], byte[]> record) {
    List<ConsumerRecord<byte[], byte[]>> same = sameKey(record);
    return same.size() == 2 && Arrays.equals(same.get(0).value(), same.get(1).value());
  }

  private int lastOf(ConsumerRecord<byte[], byte[]> record) {
    List<ConsumerRecord<byte[], byte[]>> same = sameKey(record);
    return day.records(Topics.PAYMENT_NOTIFICATIONS).indexOf(same.get(same.size() - 1));
  }

  private List<ConsumerRecord<byte[], byte[]>> sameKey(ConsumerRecord<byte[], byte[]> record) {
    String key = key(record);
    return topicOf(record).stream().filter(one -> key.equals(Matcher.key(one))).toList();
  }

  private List<ConsumerRecord<byte[], byte[]>> topicOf(ConsumerRecord<byte[], byte[]> record) {
    return Topics.all().stream()
        .filter(topic -> topic.name().equals(record.topic()))
        .map(day::records)
        .findFirst()
        .orElseThrow();
  }
}
