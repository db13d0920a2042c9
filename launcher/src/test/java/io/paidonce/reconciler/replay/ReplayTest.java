package io.paidonce.reconciler.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.ExceptionCase;
import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnreadableRecordException;
import io.paidonce.reconciler.replay.ReplayReport.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the real topology wrote folds again to the same, and each planted fault is found and named.
 * What can't be judged is said to be so, and counts neither way.
 */
class ReplayTest {

  private static final long SEED = Long.getLong("paidonce.seed", 20260131);
  private static final int ORDERS = 500;

  @TempDir private static Path stateDir;
  private static MemoryLog day;

  @BeforeAll
  static void play() {
    day = SeededTraffic.of(SEED, ORDERS, stateDir.resolve("day"));
  }

  private static ReplayReport replay(MemoryLog log, ReplayRange range) {
    return replay(log, range, Duration.ZERO);
  }

  private static ReplayReport replay(MemoryLog log, ReplayRange range, Duration patience) {
    ReplayConfig config = new ReplayConfig("nowhere", "group", null, patience, 2);
    return new Replay(log, null, range, config, new Tally()).run();
  }

  private static ReplayReport replay(MemoryLog log) {
    return replay(log, ReplayRange.ALL);
  }

  @Test
  void aDayWithEveryKindOfExceptionFoldsToTheSame() throws Exception {
    assertThat(kinds(day)).isEqualTo(EnumSet.allOf(ExceptionKind.class));
    ReplayReport report = replay(day);
    assertThat(report.shown()).as("seed %d", SEED).isEmpty();
    assertThat(report.outcome()).isEqualTo(Outcome.SAME);
    assertThat(report.untold()).isEmpty();
    for (Topic<?> topic : Plan.OUTPUTS) {
      assertThat(report.agreed().get(topic.name())).isEqualTo(day.records(topic).size());
    }
    assertThat(report.agreed().get(Topics.ORDER_INPUTS.name()))
        .isEqualTo(day.records(Topics.ORDER_INPUTS).size());
    assertThat(report.notes()).containsEntry("dead letters, left out of the fold", 2L);
  }

  @Test
  void anyPieceOfTheDayFoldsToTheSame() {
    for (int minutes = 0; minutes < 20; minutes += 4) {
      Instant from = SeededTraffic.START.plus(Duration.ofMinutes(minutes));
      ReplayReport report = replay(day, new ReplayRange(from, from.plusSeconds(240), null, null));
      assertThat(report.shown()).as("seed %d, from %s", SEED, from).isEmpty();
      assertThat(report.untold()).isEmpty();
    }
  }

  @Test
  void thePiecesOfADayAreTheDay() {
    long compared = 0;
    for (int i = 0; i < 3; i++) {
      Instant from = SeededTraffic.START.plus(Duration.ofHours(i));
      ReplayReport piece =
          replay(day, new ReplayRange(from, from.plus(Duration.ofHours(1)), null, null));
      compared += piece.agreed().getOrDefault(Topics.ORDER_TRANSITIONS.name(), 0L);
    }
    assertThat(compared).isEqualTo(day.records(Topics.ORDER_TRANSITIONS).size());
  }

  @Test
  void aShopAndAnOrderAreComparedAlone() {
    ReplayReport shop = replay(day, new ReplayRange(null, null, "s1", null));
    assertThat(shop.shown()).isEmpty();
    assertThat(shop.outcome()).isEqualTo(Outcome.SAME);
    long ofShop =
        day.records(Topics.ORDER_TRANSITIONS).stream()
            .filter(record -> Matcher.key(record).startsWith("s1:"))
            .count();
    assertThat(shop.agreed()).containsEntry(Topics.ORDER_TRANSITIONS.name(), ofShop);
    ReplayReport order = replay(day, new ReplayRange(null, null, null, new OrderKey("s1", "o9")));
    assertThat(order.shown()).isEmpty();
    assertThat(order.agreed().get(Topics.ORDER_TRANSITIONS.name())).isBetween(1L, 60L);
  }

  // The planted faults: each is found, and nothing else is.

  @Test
  void aMissingTransitionLeavesAVersionOut() {
    MemoryLog log = day.copy();
    int place = first(log, Topics.ORDER_TRANSITIONS, t -> t.version() == 2);
    log.remove(Topics.ORDER_TRANSITIONS, place);
    found(replay(log), DifferenceKind.VERSION_SKIPPED);
  }

  @Test
  void theLastTransitionOfAnOrderIsMissing() {
    MemoryLog log = day.copy();
    int place = first(log, Topics.ORDER_TRANSITIONS, t -> t.to() == OrderStatus.COMPLETED);
    log.remove(Topics.ORDER_TRANSITIONS, place);
    found(replay(log), DifferenceKind.TRANSITION_MISSING);
  }

  @Test
  void aChangedTransitionIsNamedWithItsField() {
    MemoryLog log = day.copy();
    int place = first(log, Topics.ORDER_TRANSITIONS, t -> t.to() == OrderStatus.PAID);
    log.replace(
        Topics.ORDER_TRANSITIONS,
        place,
        MemoryLogEdits.text("\"amountMinor\":1200", "\"amountMinor\":1201"));
    Difference only = found(replay(log), DifferenceKind.TRANSITION_DIFFERS);
    assertThat(only.detail()).contains("amountMinor is 1201, the fold gives 1200");
    assertThat(only.at()).hasToString("order-transitions-0@" + place);
  }

  @Test
  void aRecordWithAWrongHashIsNoRecord() {
    MemoryLog log = day.copy();
    int place = first(log, Topics.ORDER_PAID, paid -> true);
    log.replace(Topics.ORDER_PAID, place, MemoryLogEdits.wrongHash());
    assertThat(found(replay(log), DifferenceKind.RECORD_DIFFERS).detail())
        .contains("it can't be read");
  }

  @Test
  void aVersionThatWasRaisedIsSkippedAndNobodysTransition() {
    MemoryLog log = day.copy();
    int place = first(log, Topics.ORDER_TRANSITIONS, t -> t.to() == OrderStatus.COMPLETED);
    log.replace(Topics.ORDER_TRANSITIONS, place, MemoryLogEdits.raisedVersion(5));
    ReplayReport report = replay(log);
    assertThat(kindsOf(report))
        .containsExactlyInAnyOrder(
            DifferenceKind.TRANSITION_MISSING, DifferenceKind.VERSION_SKIPPED);
  }

  @Test
  void aSecondOrderPaidIsFound() {
    MemoryLog log = day.copy();
    ConsumerRecord<byte[], byte[]> paid = log.records(Topics.ORDER_PAID).get(3);
    log.add(MemoryLogEdits.produced(paid), SeededTraffic.START.plus(Duration.ofHours(5)));
    Difference only = found(replay(log), DifferenceKind.RECORD_TWICE);
    assertThat(only.topic()).isEqualTo("order-paid");
    assertThat(only.order()).isEqualTo(Matcher.key(paid));
  }

  @Test
  void aSecondOrderPaidIsFoundAlsoWhileAnotherIsSearchedFor() {
    MemoryLog log = day.copy();
    ConsumerRecord<byte[], byte[]> paid = log.records(Topics.ORDER_PAID).get(3);
    log.add(MemoryLogEdits.produced(paid), SeededTraffic.START.plus(Duration.ofHours(5)));
    log.remove(Topics.ORDER_PAID, 1);
    ReplayReport report = replay(log);
    assertThat(kindsOf(report))
        .containsExactlyInAnyOrder(DifferenceKind.RECORD_MISSING, DifferenceKind.RECORD_TWICE);
    assertThat(report.shown())
        .filteredOn(one -> one.kind() == DifferenceKind.RECORD_TWICE)
        .allMatch(one -> one.at().offset() > paid.offset());
  }

  @Test
  void anOrderPaidThatNobodyPaidIsFound() {
    MemoryLog log = day.copy();
    ConsumerRecord<byte[], byte[]> paid = log.records(Topics.ORDER_PAID).get(3);
    String order = Matcher.key(paid);
    ConsumerRecord<byte[], byte[]> forged =
        MemoryLogEdits.text(order.substring(3), "o-never-paid").apply(paid);
    log.add(
        MemoryLogEdits.produced(forged, "s1:o-never-paid", "order-paid/forged"),
        SeededTraffic.START.plus(Duration.ofHours(5)));
    assertThat(found(replay(log), DifferenceKind.RECORD_EXTRA).order())
        .isEqualTo("s1:o-never-paid");
  }

  @Test
  void aMissingOrderPaidIsFound() {
    MemoryLog log = day.copy();
    log.remove(Topics.ORDER_PAID, 3);
    assertThat(found(replay(log), DifferenceKind.RECORD_MISSING).topic()).isEqualTo("order-paid");
  }

  @Test
  void aMissingCaseOfIntakeIsFound() throws Exception {
    MemoryLog log = day.copy();
    int place =
        first(
            log,
            Topics.PAYMENT_EXCEPTIONS,
            one -> one.kind() == ExceptionKind.CONFLICTING_NOTIFICATION);
    log.remove(Topics.PAYMENT_EXCEPTIONS, place);
    assertThat(found(replay(log), DifferenceKind.RECORD_MISSING).topic())
        .isEqualTo("payment-exceptions");
  }

  @Test
  void anInputWithoutASourceIsFound() {
    MemoryLog log = day.copy();
    // Its source is a repetition now, which intake lets nobody pass for.
    ConsumerRecord<byte[], byte[]> repeated = log.records(Topics.PAYMENT_NOTIFICATIONS).get(0);
    log.replace(
        Topics.PAYMENT_NOTIFICATIONS,
        deliveredOnce(log),
        any ->
            MemoryLog.consumed(
                any.topic(),
                any.offset(),
                any.timestamp(),
                repeated.key(),
                repeated.value(),
                repeated.headers()));
    assertThat(found(replay(log), DifferenceKind.INPUT_WITHOUT_SOURCE).detail())
        .contains("is nothing that intake lets pass");
  }

  private static int deliveredOnce(MemoryLog log) {
    List<ConsumerRecord<byte[], byte[]>> records = log.records(Topics.PAYMENT_NOTIFICATIONS);
    for (int i = 50; i < records.size(); i++) {
      String key = Matcher.key(records.get(i));
      String text = new String(records.get(i).value(), StandardCharsets.UTF_8);
      if (text.contains("expectedPayee")
          && records.stream().filter(one -> key.equals(Matcher.key(one))).count() == 1) {
        return i;
      }
    }
    throw new AssertionError("each was delivered again");
  }

  @Test
  void aNotificationThatReachedNoOrderIsFound() {
    MemoryLog log = day.copy();
    int place = deliveredOnce(log);
    ConsumerRecord<byte[], byte[]> record = log.records(Topics.PAYMENT_NOTIFICATIONS).get(place);
    ConsumerRecord<byte[], byte[]> lost =
        MemoryLogEdits.text("\"transactionId\":\"t", "\"transactionId\":\"lost").apply(record);
    log.add(
        MemoryLogEdits.produced(
            lost, "wechat:1900000001:lost" + transaction(record).substring(1), "lost"),
        SeededTraffic.START.plus(Duration.ofHours(5)));
    assertThat(found(replay(log), DifferenceKind.INPUT_MISSING).at().offset())
        .isEqualTo(log.records(Topics.PAYMENT_NOTIFICATIONS).size() - 1);
  }

  private static String transaction(ConsumerRecord<byte[], byte[]> record) {
    String key = Matcher.key(record);
    return key.substring(key.lastIndexOf(':') + 1);
  }

  @Test
  void anInputThatSaysSomethingElseThanItsSourceIsFound() {
    MemoryLog log = day.copy();
    log.replace(
        Topics.PAYMENT_NOTIFICATIONS,
        deliveredOnce(log),
        MemoryLogEdits.text("\"expectedPayee\":\"19", "\"expectedPayee\":\"18"));
    found(replay(log), DifferenceKind.INPUT_DIFFERS);
  }

  @Test
  void anUnreadableRecordWithoutADeadLetterIsFound() {
    MemoryLog log = day.copy();
    log.records(Topics.DEAD_LETTERS).remove(0);
    found(replay(log), DifferenceKind.INPUT_UNREADABLE);
  }

  @Test
  void anInputThatTheLedgerCouldNotTakeTakesNoPartUntilItIsDrivenAgain() {
    MemoryLog log = day.copy();
    int place = first(log, Topics.ORDER_TRANSITIONS, t -> t.to() == OrderStatus.COMPLETED);
    ConsumerRecord<byte[], byte[]> transition = log.remove(Topics.ORDER_TRANSITIONS, place);
    int input = first(log, Topics.ORDER_INPUTS, it -> it.inputId().equals(inputOf(transition)));
    ConsumerRecord<byte[], byte[]> dead = log.records(Topics.ORDER_INPUTS).get(input);
    log.add(MemoryLogEdits.deadLetter(dead), Instant.ofEpochMilli(dead.timestamp()));
    assertThat(replay(log).shown()).isEmpty();
    Instant later = SeededTraffic.START.plus(Duration.ofHours(5));
    log.add(MemoryLogEdits.produced(dead), later);
    log.add(MemoryLogEdits.produced(transition), later);
    assertThat(replay(log).shown()).isEmpty();
    // Once is enough.
    log.add(MemoryLogEdits.produced(dead), later);
    found(replay(log), DifferenceKind.INPUT_TWICE);
  }

  private static String inputOf(ConsumerRecord<byte[], byte[]> transition) {
    try {
      return Topics.ORDER_TRANSITIONS.read(transition.headers(), transition.value()).inputId();
    } catch (UnreadableRecordException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void thousandsOfDifferencesTakeNoMoreThanAWindow() {
    MemoryLog log = day.copy();
    log.records(Topics.ORDER_TRANSITIONS).removeIf(record -> record.offset() % 2 == 0);
    ReplayReport report = replay(log);
    int removed =
        day.records(Topics.ORDER_TRANSITIONS).size() - log.records(Topics.ORDER_TRANSITIONS).size();
    assertThat(report.total()).isEqualTo(removed);
    assertThat(report.shown().size()).isLessThanOrEqualTo(200);
  }

  // What can't be told.

  @Test
  void whatExpiredIsSaidAndNeitherADifferenceNorAgreement() {
    MemoryLog log = day.copy();
    long before = log.records(Topics.ORDER_INPUTS).size() / 2;
    log.expire(Topics.ORDER_INPUTS, before);
    ReplayReport report = replay(log);
    assertThat(report.shown()).isEmpty();
    assertThat(report.untold()).containsOnlyKeys(Untold.PAST_EXPIRED);
    assertThat(report.outcome()).isEqualTo(Outcome.UNTOLD);
    assertThat(report.agreed().get(Topics.ORDER_TRANSITIONS.name())).isPositive();
    ReplayReport asked = replay(log, new ReplayRange(SeededTraffic.START, null, null, null));
    assertThat(asked.shown()).isEmpty();
    assertThat(asked.untold()).containsKey(Untold.RANGE_EXPIRED);
  }

  @Test
  void expiredOutputsAreNotMissing() {
    MemoryLog log = day.copy();
    log.expire(Topics.PROVIDER_REQUESTS, log.records(Topics.PROVIDER_REQUESTS).size() / 2);
    ReplayReport report = replay(log);
    assertThat(report.shown()).isEmpty();
    assertThat(report.untold()).containsOnlyKeys(Untold.RECORD_EXPIRED);
  }

  @Test
  void expiredSourcesAreNoForgeries() {
    MemoryLog log = day.copy();
    log.expire(Topics.PAYMENT_NOTIFICATIONS, log.records(Topics.PAYMENT_NOTIFICATIONS).size() / 2);
    ReplayReport report = replay(log);
    assertThat(report.outcome()).isNotEqualTo(Outcome.SAME);
    assertThat(kindsOf(report)).doesNotContain(DifferenceKind.INPUT_WITHOUT_SOURCE);
    assertThat(report.untold()).containsKey(Untold.SOURCE_EXPIRED);
  }

  @Test
  void aTopicThatWasCreatedAnewIsRecognisedByWhatItCannotHold() {
    MemoryLog log = day.copy();
    log.recreate(Topics.PAYMENT_NOTIFICATIONS);
    ReplayReport report = replay(log);
    assertThat(report.shown()).isEmpty();
    assertThat(report.untold()).containsOnlyKeys(Untold.TOPIC_RECREATED);
    MemoryLog other = day.copy();
    other.expire(Topics.ORDER_INPUTS, other.records(Topics.ORDER_INPUTS).size() / 2);
    List<ConsumerRecord<byte[], byte[]>> rest = List.copyOf(other.records(Topics.ORDER_INPUTS));
    other.recreate(Topics.ORDER_INPUTS);
    rest.forEach(
        record ->
            other.add(MemoryLogEdits.produced(record), Instant.ofEpochMilli(record.timestamp())));
    ReplayReport inputs = replay(other);
    assertThat(inputs.untold()).containsKey(Untold.TOPIC_RECREATED);
    assertThat(inputs.shown()).isEmpty();
    assertThat(inputs.outcome()).isEqualTo(Outcome.UNTOLD);
  }

  @Test
  void aTopicThatWasCreatedAnewIsRecognisedByTheAgeOfItsRecords() {
    MemoryLog log = day.copy();
    ConsumerRecord<byte[], byte[]> other = log.records(Topics.PAYMENT_NOTIFICATIONS).get(0);
    int before = log.records(Topics.PAYMENT_NOTIFICATIONS).size();
    log.recreate(Topics.PAYMENT_NOTIFICATIONS);
    for (int i = 0; i < before; i++) {
      log.add(MemoryLogEdits.produced(other), SeededTraffic.START.plus(Duration.ofHours(30)));
    }
    ReplayReport report = replay(log);
    assertThat(kindsOf(report))
        .doesNotContain(DifferenceKind.INPUT_DIFFERS, DifferenceKind.INPUT_WITHOUT_SOURCE);
    assertThat(report.untold()).containsKey(Untold.TOPIC_RECREATED);
  }

  @Test
  void aTopicThatChangesUnderOurHandsIsRecognised() {
    MemoryLog log = day.copy();
    log.changeIdentity(Topics.ORDER_PAID);
    ReplayReport report = replay(log);
    assertThat(report.shown()).isEmpty();
    assertThat(report.untold()).containsOnlyKeys(Untold.TOPIC_RECREATED);
  }

  @Test
  void recordsOfAnOlderSchemaAreNeitherWrongNorRight() {
    MemoryLog log = day.copy();
    int place = first(log, Topics.ORDER_TRANSITIONS, t -> t.after().payBy() != null);
    log.replace(
        Topics.ORDER_TRANSITIONS,
        place,
        MemoryLogEdits.text("{\"schema\":" + OrderTransition.SCHEMA, "{\"schema\":1"));
    ReplayReport report = replay(log);
    assertThat(report.shown()).isEmpty();
    assertThat(report.untold()).containsOnlyKeys(Untold.OLDER_SCHEMA);
    assertThat(report.agreed().get(Topics.ORDER_TRANSITIONS.name()))
        .isEqualTo(day.records(Topics.ORDER_TRANSITIONS).size() - 1);
  }

  @Test
  void whatStreamsHasNotSaidYetIsNotMissing() {
    MemoryLog log = day.copy();
    List<ConsumerRecord<byte[], byte[]>> inputs = log.records(Topics.ORDER_INPUTS);
    Instant stopped = Instant.ofEpochMilli(inputs.get(inputs.size() - 200).timestamp());
    for (Topic<?> topic : Plan.OUTPUTS) {
      log.records(topic).removeIf(record -> record.timestamp() >= stopped.toEpochMilli());
    }
    log.hideProcessed();
    ReplayReport report = replay(log);
    assertThat(report.shown()).isEmpty();
    assertThat(report.untold()).containsOnlyKeys(Untold.NOT_YET_PROCESSED);
  }

  @Test
  void aCommitThatShowsInOneTopicBeforeAnotherIsNoDifference() {
    MemoryLog patient = day.copy();
    hideTheLast(patient, 7);
    ReplayReport report = replay(patient, ReplayRange.ALL, Duration.ofMinutes(1));
    assertThat(report.shown()).isEmpty();
    assertThat(report.untold()).isEmpty();

    // Who does not wait for it says so, whatever the group's offsets tell.
    MemoryLog hasty = day.copy();
    hideTheLast(hasty, Integer.MAX_VALUE);
    report = replay(hasty);
    assertThat(report.shown()).isEmpty();
    assertThat(report.untold()).containsOnlyKeys(Untold.NOT_YET_PROCESSED);
  }

  private static void hideTheLast(MemoryLog log, int looks) {
    for (Topic<?> topic :
        List.of(Topics.ORDER_TRANSITIONS, Topics.ORDER_PAID, Topics.PAYMENT_EXCEPTIONS)) {
      List<ConsumerRecord<byte[], byte[]>> records = log.records(topic);
      log.showLater(topic, records.get(records.size() - 5).offset(), looks);
    }
  }

  @Test
  void anInputThatShowsLaterThanItsSourceIsProcessedIsNotMissing() {
    MemoryLog patient = day.copy();
    hideTheLastInputs(patient, 7);
    ReplayReport report = replay(patient, ReplayRange.ALL, Duration.ofMinutes(1));
    assertThat(report.shown()).isEmpty();
    assertThat(report.untold()).isEmpty();

    MemoryLog hasty = day.copy();
    hideTheLastInputs(hasty, Integer.MAX_VALUE);
    report = replay(hasty);
    assertThat(report.shown()).isEmpty();
    assertThat(report.untold()).containsOnlyKeys(Untold.NOT_YET_PROCESSED);
  }

  // The ledger has not read them either: nothing is written of them.
  private static void hideTheLastInputs(MemoryLog log, int looks) {
    List<ConsumerRecord<byte[], byte[]>> inputs = log.records(Topics.ORDER_INPUTS);
    ConsumerRecord<byte[], byte[]> first = inputs.get(inputs.size() - 200);
    for (Topic<?> topic : Plan.OUTPUTS) {
      log.records(topic).removeIf(record -> record.timestamp() >= first.timestamp());
    }
    log.showLater(Topics.ORDER_INPUTS, first.offset(), looks);
  }

  @Test
  void abortedTransactionsLeaveOffsetsAndNothingElse() {
    MemoryLog log = day.copy();
    // The same records at wider offsets: every third transaction was aborted.
    for (Topic<?> topic : List.of(Topics.ORDER_TRANSITIONS, Topics.ORDER_PAID)) {
      List<ConsumerRecord<byte[], byte[]>> records = log.records(topic);
      for (int i = 0; i < records.size(); i++) {
        ConsumerRecord<byte[], byte[]> one = records.get(i);
        records.set(
            i,
            MemoryLog.consumed(
                one.topic(), i * 3L, one.timestamp(), one.key(), one.value(), one.headers()));
      }
    }
    ReplayReport report = replay(log);
    assertThat(report.shown()).isEmpty();
    assertThat(report.outcome()).isEqualTo(Outcome.SAME);
    assertThat(report.notes())
        .containsKey("offsets without a committed record: markers and aborted ones");
  }

  private static Difference found(ReplayReport report, DifferenceKind kind) {
    assertThat(report.shown()).as("seed %d", SEED).hasSize(1);
    Difference only = report.shown().get(0);
    assertThat(only.kind()).as(only.toString()).isEqualTo(kind);
    assertThat(report.outcome()).isEqualTo(Outcome.DIFFERENT);
    return only;
  }

  private static List<DifferenceKind> kindsOf(ReplayReport report) {
    return report.shown().stream().map(Difference::kind).toList();
  }

  private static <V> int first(MemoryLog log, Topic<V> topic, Predicate<V> wanted) {
    List<ConsumerRecord<byte[], byte[]>> records = log.records(topic);
    for (int i = 0; i < records.size(); i++) {
      try {
        if (wanted.test(topic.read(records.get(i).headers(), records.get(i).value()))) {
          return i;
        }
      } catch (UnreadableRecordException e) {
        throw new AssertionError(e);
      }
    }
    throw new AssertionError("none such in " + topic.name());
  }

  private static Set<ExceptionKind> kinds(MemoryLog log) throws UnreadableRecordException {
    Set<ExceptionKind> kinds = EnumSet.noneOf(ExceptionKind.class);
    for (ConsumerRecord<byte[], byte[]> record : log.records(Topics.PAYMENT_EXCEPTIONS)) {
      ExceptionCase one = Topics.PAYMENT_EXCEPTIONS.read(record.headers(), record.value());
      kinds.add(one.kind());
    }
    return kinds;
  }
}
