package io.paidonce.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.Balance;
import io.paidonce.contract.CommandKind;
import io.paidonce.contract.DeadLetter;
import io.paidonce.contract.DeadLetterReason;
import io.paidonce.contract.EventHead;
import io.paidonce.contract.EventHeaders;
import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.ExceptionState;
import io.paidonce.contract.InputKind;
import io.paidonce.contract.LatePayment;
import io.paidonce.contract.Money;
import io.paidonce.contract.NotificationReceipt;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderSnapshot;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.PaymentPolicy;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.RequestKind;
import io.paidonce.contract.Topics;
import io.paidonce.contract.TransactionKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each planted fault turns its own counter and no other. */
class VerificationTest {

  private static Wechat wechat;

  @TempDir Path directory;

  private World world;
  private MemoryLog log;

  @BeforeAll
  static void makeKeys() throws NoSuchAlgorithmException {
    wechat = new Wechat();
  }

  @BeforeEach
  void begin() {
    world = new World(wechat);
    log = new MemoryLog();
  }

  private Report judge(String... journal) throws IOException {
    world.write(log);
    return judgeAgain(journal);
  }

  private Report judgeAgain(String... journal) throws IOException {
    Path file = null;
    if (journal.length > 0) {
      file = Files.write(directory.resolve("journal"), List.of(journal));
    }
    return Verification.judge(log, wechat.evidence(), file, false, Wechat.NOW, new Findings());
  }

  static void assertOnly(Report report, Fault fault, long count) {
    Map<Fault, Long> found =
        report.faults().entrySet().stream()
            .filter(e -> e.getValue() != 0)
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    assertThat(found).as(String.join("\n", report.findings())).isEqualTo(Map.of(fault, count));
    assertThat(report.holds()).isFalse();
    assertThat(report.findings()).isNotEmpty().allMatch(f -> f.startsWith(fault.jsonName()));
  }

  static String invoke(UUID attempt, String kind, byte[] body) {
    return ("{\"event\":\"invoke\",\"attempt\":\"%s\",\"at\":\"%s\",\"protocol\":\"wechat-v3\","
            + "\"account\":\"1900000001\",\"transactionId\":\"4200000001\",\"orderNo\":\"ORDER-1\","
            + "\"shop\":\"s1\",\"kind\":\"%s\",\"bodySha256\":\"%s\"}")
        .formatted(attempt, Wechat.NOW, kind, EventHeaders.sha256Hex(body));
  }

  static String outcome(UUID attempt, String event) {
    return "{\"event\":\"%s\",\"attempt\":\"%s\",\"at\":\"%s\",\"status\":200}"
        .formatted(event, attempt, Wechat.NOW);
  }

  @Test
  void aCleanSystemPrintsZeros() throws IOException {
    Report report = judge();

    assertThat(report.findings()).isEmpty();
    assertThat(report.holds()).isTrue();
    assertThat(report.toJson())
        .isEqualTo(
            "{\"callbacks_sent\":null,\"acknowledged\":null,\"raw_records\":4,\"orders_placed\":3,"
                + "\"orders_paid\":1,\"orders_refunded\":0,\"lost\":0,\"paid_twice\":0,\"forged\":0,\"undisposed\":0,"
                + "\"projection_diff\":null,\"exceptions\":{\"LATE_PAYMENT\":1,"
                + "\"UNKNOWN_ORDER\":1},\"money\":{\"wechat CNY\":{\"applied\":1200,\"owed_back\":1200,"
                + "\"received\":3600,\"refunded\":0,\"suspense\":1200}},\"refunded_twice\":0,\"status_mismatch\":0,\"version_gap\":0,"
                + "\"money_unbalanced\":0,\"unanswered\":0,\"exception_diff\":0,\"header_faults\":0,"
                + "\"unreadable_records\":0,\"dead_letters\":2,\"quiesced\":true,\"holds\":true}");
  }

  @Test
  void aMissingOrderPaidIsLost() throws IOException {
    world.paid.clear();

    assertOnly(judge(), Fault.LOST, 1);
  }

  @Test
  void aSecondOrderPaidIsPaidTwice() throws IOException {
    world.paid.add(world.paid.get(0));

    assertOnly(judge(), Fault.PAID_TWICE, 1);
  }

  @Test
  void oneTransactionThatPaysTwoOrdersIsPaidTwiceAndForged() throws IOException {
    world.paid.add(World.orderPaid("ORDER-4", World.T1));

    Report report = judge();

    assertThat(report.count(Fault.PAID_TWICE)).isEqualTo(1);
    assertThat(report.count(Fault.FORGED)).isEqualTo(1);
  }

  @Test
  void aRawRecordThatDoesNotVerifyIsForged() throws IOException {
    world.notifications.add(Wechat.forged(world.notifications.get(0)));
    world.deliveries.put(World.T1, 3L);

    assertOnly(judge(), Fault.FORGED, 1);
  }

  @Test
  void aForgedRecordPaysNothing() throws IOException {
    world.notifications.add(Wechat.forged(wechat.notification("4200000005", "ORDER-4", World.DUE)));
    world.deliveries.put(World.key("4200000005"), 1L);
    world.paid.add(World.orderPaid("ORDER-4", World.key("4200000005")));

    Report report = judge();

    assertOnly(report, Fault.FORGED, 2);
    assertThat(report.findings()).anyMatch(f -> f.contains("order-paid of s1:ORDER-4"));
  }

  @Test
  void factsThatTheEvidenceDoesNotSayAreForged() throws IOException {
    PaymentNotification good = world.notifications.get(0);
    PaymentNotification other = wechat.notification("4200000001", "ORDER-1", 5);
    world.notifications.add(
        new PaymentNotification(
            good.schema(),
            good.provider(),
            good.account(),
            good.protocol(),
            good.shop(),
            good.orderNo(),
            good.kind(),
            good.eventType(),
            good.notificationId(),
            good.deliveryId(),
            good.authentication(),
            good.witness(),
            good.receivedAt(),
            good.payment(),
            good.refund(),
            other.evidence()));
    world.deliveries.put(World.T1, 3L);

    assertOnly(judge(), Fault.FORGED, 1);
  }

  @Test
  void anOrderPaidThatNoPaymentJustifiesIsForged() throws IOException {
    world.paid.add(World.orderPaid("ORDER-4", World.key("4200000009")));

    assertOnly(judge(), Fault.FORGED, 1);
  }

  @Test
  void anAcknowledgedForgeryOrProbeIsForged() throws IOException {
    UUID tampered = UUID.randomUUID();
    UUID probe = UUID.randomUUID();

    Report report =
        judge(
            invoke(tampered, "tampered", new byte[] {1}),
            invoke(probe, "probe", new byte[] {2}),
            outcome(tampered, "ok"),
            outcome(probe, "ok"));

    assertOnly(report, Fault.FORGED, 2);
  }

  @Test
  void whatWasAcknowledgedAndIsNotStoredIsLost() throws IOException {
    UUID attempt = UUID.randomUUID();

    Report report = judge(invoke(attempt, "payment", new byte[] {1}), outcome(attempt, "ok"));

    assertOnly(report, Fault.LOST, 1);
    assertThat(report.findings())
        .singleElement()
        .asString()
        .contains(attempt.toString(), "4200000001", "ORDER-1");
  }

  @Test
  void onlySuccessObligesAndWhatIsStoredOrKeptIsNotLost() throws IOException {
    UUID stored = UUID.randomUUID();
    UUID kept = UUID.randomUUID();
    UUID declined = UUID.randomUUID();
    UUID unanswered = UUID.randomUUID();
    UUID killed = UUID.randomUUID();

    Report report =
        judge(
            invoke(stored, "payment", world.notifications.get(0).evidence().body().bytes()),
            invoke(kept, "payment", "not what WeChat documents".getBytes(UTF_8)),
            invoke(declined, "payment", new byte[] {3}),
            outcome(stored, "ok"),
            outcome(kept, "ok"),
            outcome(declined, "no"),
            invoke(unanswered, "payment", new byte[] {4}),
            outcome(unanswered, "unknown"),
            invoke(killed, "payment", new byte[] {5}),
            "{\"event\":\"o");

    assertThat(report.findings()).isEmpty();
    assertThat(report.callbacksSent()).isEqualTo(5);
    assertThat(report.acknowledged()).isEqualTo(2);
  }

  @Test
  void aRecordThatNoReceiptCountsIsUndisposed() throws IOException {
    world.deliveries.put(World.T1, 1L);

    assertOnly(judge(), Fault.UNDISPOSED, 1);
  }

  @Test
  void aTransactionWithoutAReceiptIsUndisposedWithAllItsRecords() throws IOException {
    world.deliveries.remove(World.T1);

    assertOnly(judge(), Fault.UNDISPOSED, 2);
  }

  @Test
  void aReceiptThatCountsRecordsThatAreNotThereIsUndisposed() throws IOException {
    world.deliveries.put(World.T2, 4L);

    assertOnly(judge(), Fault.UNDISPOSED, 3);
  }

  @Test
  void aReceiptMustNameItsFirstRecord() throws IOException {
    world.deliveries.put(World.key("4200000009"), 1L);

    assertOnly(judge(), Fault.UNDISPOSED, 1);
  }

  @Test
  void theNewestReceiptCounts() throws IOException {
    world.write(log);
    NotificationReceipt newest = world.receipts.get(0);
    log.write(
        World.record(
            Topics.NOTIFICATION_RECEIPTS,
            newest.identity(),
            new NotificationReceipt(
                1,
                newest.identity(),
                newest.shop(),
                newest.orderNo(),
                newest.fingerprint(),
                newest.deliveries() + 1,
                0,
                null,
                newest.firstReceivedAt(),
                newest.lastReceivedAt(),
                newest.witnesses(),
                newest.keyIds(),
                newest.first(),
                newest.revision() + 1)));

    assertOnly(judgeAgain(), Fault.UNDISPOSED, 1);
  }

  @Test
  void poisonThatIsNoDeadLetterIsUndisposed() throws IOException {
    world.poisonIsKept = false;

    assertOnly(judge(), Fault.UNDISPOSED, 1);
  }

  @Test
  void anOrderThatDoesNotStandWhereItShouldIsAStatusMismatch() throws IOException {
    OrderTransition right = world.transitions.get(1);
    OrderSnapshot after = right.after();
    world.transitions.set(
        1,
        World.with(
            right,
            OrderStatus.PENDING,
            new OrderSnapshot(
                OrderStatus.PENDING,
                after.amountDueMinor(),
                after.currency(),
                after.placedAt(),
                null,
                after.payments(),
                after.refunds(),
                after.balances())));

    assertOnly(judge(), Fault.STATUS_MISMATCH, 1);
  }

  @Test
  void aPlacedOrderWithoutATransitionIsAStatusMismatch() throws IOException {
    world.transitions.remove(world.transitions.size() - 1);

    assertOnly(judge(), Fault.STATUS_MISMATCH, 1);
  }

  @Test
  void aCancelledOrderIsSaidToBeOnceAndNoOtherIs() throws IOException {
    world.cancelled.add(world.cancelled.get(0));

    assertOnly(judge(), Fault.STATUS_MISMATCH, 1);
  }

  @Test
  void aCancelledOrderThatIsNotSaidToBeIsAStatusMismatch() throws IOException {
    world.cancelled.clear();

    assertOnly(judge(), Fault.STATUS_MISMATCH, 1);
  }

  @Test
  void aCancelledOrderMustNotBePaidToo() throws IOException {
    world.paid.add(World.orderPaid("ORDER-3", World.T3));

    assertOnly(judge(), Fault.STATUS_MISMATCH, 1);
  }

  @Test
  void aMissingVersionIsAGap() throws IOException {
    OrderTransition second = world.transitions.remove(1);
    world.transitions.add(
        new OrderTransition(
            1,
            second.shop(),
            second.orderNo(),
            3,
            second.from(),
            second.to(),
            second.inputId(),
            second.cause(),
            second.at(),
            second.source(),
            second.after()));

    assertOnly(judge(), Fault.VERSION_GAP, 1);
  }

  @Test
  void aRepeatedVersionIsAGap() throws IOException {
    world.transitions.add(world.transitions.get(1));

    assertOnly(judge(), Fault.VERSION_GAP, 1);
  }

  @Test
  void moneyThatStandsElsewhereThanItMustIsUnbalanced() throws IOException {
    OrderTransition right = world.transitions.get(1);
    OrderSnapshot after = right.after();
    world.transitions.set(
        1,
        World.with(
            right,
            right.to(),
            new OrderSnapshot(
                after.status(),
                after.amountDueMinor(),
                after.currency(),
                after.placedAt(),
                after.payingTransaction(),
                after.payments(),
                after.refunds(),
                List.of(new Balance("CNY", 1100, 1100, 0, 0, 0)))));

    assertOnly(judge(), Fault.MONEY_UNBALANCED, 1);
  }

  @Test
  void aPaymentThatTheLedgerDoesNotListIsUnbalanced() throws IOException {
    OrderTransition right = world.transitions.get(1);
    OrderSnapshot after = right.after();
    world.transitions.set(
        1,
        World.with(
            right,
            right.to(),
            new OrderSnapshot(
                after.status(),
                after.amountDueMinor(),
                after.currency(),
                after.placedAt(),
                after.payingTransaction(),
                List.of(),
                after.refunds(),
                after.balances())));

    assertOnly(judge(), Fault.MONEY_UNBALANCED, 1);
  }

  @Test
  void aMissingCaseIsAnExceptionDiff() throws IOException {
    world.cases.remove(0);

    assertOnly(judge(), Fault.EXCEPTION_DIFF, 1);
  }

  @Test
  void aCaseThatIsResolvedThoughNothingWasResolvedIsAnExceptionDiff() throws IOException {
    world.cases.add(
        World.revision(
            ExceptionKind.UNKNOWN_ORDER, "ORDER-2", World.T2, ExceptionState.RESOLVED, 2));

    assertOnly(judge(), Fault.EXCEPTION_DIFF, 1);
  }

  @Test
  void aCaseOfAnOrderThatNobodyKnowsIsAnExceptionDiff() throws IOException {
    world.cases.add(World.open(ExceptionKind.DOUBLE_PAYMENT, "ORDER-9", World.T1));

    assertOnly(judge(), Fault.EXCEPTION_DIFF, 1);
  }

  @Test
  void aContradictionNeedsItsCase() throws IOException {
    world.notifications.add(wechat.notification("4200000001", "ORDER-1", 5));
    world.deliveries.put(World.T1, 3L);

    assertOnly(judge(), Fault.EXCEPTION_DIFF, 1);
  }

  @Test
  void aContradictionWithItsCaseHolds() throws IOException {
    world.notifications.add(wechat.notification("4200000001", "ORDER-9", World.DUE));
    world.deliveries.put(World.T1, 3L);
    world.cases.add(World.open(ExceptionKind.CONFLICTING_NOTIFICATION, "ORDER-1", World.T1));

    assertThat(judge().findings()).isEmpty();
  }

  @Test
  void aRecordOnTheWrongTopicIsAHeaderFault() throws IOException {
    world.write(log);
    ProducerRecord<byte[], byte[]> right =
        World.record(Topics.ORDER_PAID, "s1:ORDER-1", world.paid.get(0));
    log.write(
        new ProducerRecord<>(
            Topics.ORDER_CANCELLED.name(), null, right.key(), right.value(), right.headers()));

    assertOnly(judgeAgain(), Fault.HEADER_FAULTS, 1);
  }

  @Test
  void aRecordUnderTheWrongKeyIsAHeaderFault() throws IOException {
    world.write(log);
    log.write(World.record(Topics.ORDER_PAID, "s1:ORDER-2", world.paid.get(0)));

    assertOnly(judgeAgain(), Fault.HEADER_FAULTS, 1);
  }

  @Test
  void aRecordOfOursThatCannotBeReadIsAFault() throws IOException {
    world.write(log);
    byte[] payload = "{}".getBytes(UTF_8);
    log.write(
        new ProducerRecord<>(
            Topics.ORDER_PAID.name(),
            null,
            "s1:ORDER-1".getBytes(UTF_8),
            payload,
            EventHeaders.of(
                Topics.ORDER_PAID, payload, new EventHead("e", "/test", Wechat.NOW, null))));

    assertOnly(judgeAgain(), Fault.UNREADABLE_RECORDS, 1);
  }

  @Test
  void anInputThatTheLedgerCouldNotTakeAndKeptAsADeadLetterTakesPartInNothing() throws IOException {
    OrderCommand place =
        OrderCommand.place(
            World.order("ORDER-5"), Money.of(1, "CNY"), "place-5", "shop", Wechat.NOW);
    world.commands.add(place);
    RecordCoordinates source = new RecordCoordinates("order-inputs", 3, 7);
    OrderInput input =
        new OrderInput(
            1, "i", InputKind.ORDER_PLACED, "s1", "ORDER-5", Wechat.NOW, source, null, null, place);
    world.deadLetters.add(
        new DeadLetter(
            1,
            DeadLetterReason.ORDER_TOO_LARGE,
            "too large",
            source,
            "order-inputs",
            null,
            Map.of(),
            RawBytes.of(Topics.ORDER_INPUTS.json().write(input)),
            Wechat.NOW));

    assertThat(judge().findings()).isEmpty();
  }

  @Test
  void anInputThatWasDrivenAgainTakesPart() throws IOException {
    PaymentNotification paid = world.notifications.get(0);
    OrderInput input =
        new OrderInput(
            1,
            "i",
            InputKind.PAYMENT_SUCCEEDED,
            Wechat.SHOP,
            "ORDER-1",
            Wechat.NOW,
            World.SOURCE,
            paid.payment(),
            null,
            null);
    keep(stored(input), input);
    stored(input);

    assertThat(judge().findings()).isEmpty();
  }

  @Test
  void anInputThatWasDrivenAgainAndFailedAgainTakesPartInNothing() throws IOException {
    OrderCommand place = place("ORDER-5");
    world.commands.add(place);
    keep(stored(input(place)), input(place));
    keep(stored(input(place)), input(place));

    assertThat(judge().findings()).isEmpty();
  }

  @Test
  void anInputThatWasDrivenAgainAndChangedNothingIsMissed() throws IOException {
    OrderCommand place = place("ORDER-5");
    world.commands.add(place);
    keep(stored(input(place)), input(place));
    stored(input(place));

    assertOnly(judge(), Fault.STATUS_MISMATCH, 1);
  }

  /** The ledger takes it where it stands the second time: behind what came meanwhile. */
  @Test
  void aPlaceThatWasDrivenAgainStandsBehindTheCancelThatCameMeanwhile() throws IOException {
    OrderCommand place = place("ORDER-5");
    OrderCommand cancel =
        OrderCommand.cancel(World.order("ORDER-5"), "cancel-5", "shop", Wechat.NOW);
    world.commands.addAll(List.of(place, cancel));
    keep(stored(input(place)), input(place));
    stored(input(cancel));
    stored(input(place));
    world.transitions.add(
        World.transition("ORDER-5", 1, OrderStatus.UNPLACED, OrderStatus.PENDING, null, null));
    world.cases.add(World.open(ExceptionKind.COMMAND_REFUSED, "ORDER-5", World.T1));

    assertThat(judge().findings()).isEmpty();
  }

  private static OrderCommand place(String orderNo) {
    return OrderCommand.place(
        World.order(orderNo), Money.of(World.DUE, "CNY"), "place", "shop", Wechat.NOW);
  }

  private static OrderInput input(OrderCommand command) {
    return new OrderInput(
        1,
        command.commandId(),
        command.kind() == CommandKind.PLACE ? InputKind.ORDER_PLACED : InputKind.CANCEL_REQUESTED,
        command.shop(),
        command.orderNo(),
        Wechat.NOW,
        World.SOURCE,
        null,
        null,
        command);
  }

  private RecordCoordinates stored(OrderInput input) {
    return log.write(World.record(Topics.ORDER_INPUTS, input.order().toString(), input));
  }

  private void keep(RecordCoordinates at, OrderInput input) {
    world.deadLetters.add(
        new DeadLetter(
            1,
            DeadLetterReason.PROCESSING_FAILED,
            "fold-ledger: IllegalStateException",
            at,
            at.topic(),
            null,
            Map.of(),
            RawBytes.of(Topics.ORDER_INPUTS.json().write(input)),
            Wechat.NOW));
  }

  @Test
  void onlyTheFirstTwentyOfAKindAreToldAndAllAreCounted() throws IOException {
    for (int i = 0; i < 50; i++) {
      world.paid.add(world.paid.get(0));
    }

    Report report = judge();

    assertThat(report.count(Fault.PAID_TWICE)).isEqualTo(50);
    assertThat(report.findings()).hasSize(20);
  }

  private static ProviderRequest refundRequest(String orderNo, TransactionKey of) {
    return new ProviderRequest(
        ProviderRequest.SCHEMA,
        "refund/" + of,
        RequestKind.REFUND,
        Wechat.SHOP,
        orderNo,
        of.provider(),
        of.account(),
        of.transactionId(),
        "po-1",
        World.DUE,
        World.DUE,
        "CNY",
        "LATE_PAYMENT",
        1,
        3,
        Wechat.NOW,
        null);
  }

  private void ask(ProviderRequest request) {
    log.write(World.record(Topics.PROVIDER_REQUESTS, request.order().toString(), request));
  }

  private void placedWithLateMoneySentBack() {
    world.commands.replaceAll(
        command ->
            command.orderNo().equals("ORDER-3") && command.kind() == CommandKind.PLACE
                ? OrderCommand.place(
                    command.order(),
                    command.due(),
                    new PaymentPolicy(false, LatePayment.REFUND),
                    command.commandId(),
                    command.actor(),
                    command.issuedAt())
                : command);
  }

  @Test
  void aRefundThatNothingCallsForIsForged() throws IOException {
    ask(refundRequest("ORDER-1", World.T1));
    ask(refundRequest("ORDER-3", World.T3));

    assertOnly(judge(), Fault.FORGED, 2);
  }

  @Test
  void aLatePaymentWhoseRefundIsAskedForOnceIsRight() throws IOException {
    placedWithLateMoneySentBack();
    ask(refundRequest("ORDER-3", World.T3));

    assertThat(judge().findings()).isEmpty();
  }

  @Test
  void aRefundThatThePolicyCallsForAndNobodyAskedForIsLost() throws IOException {
    placedWithLateMoneySentBack();

    assertOnly(judge(), Fault.LOST, 1);
  }

  @Test
  void aRefundAskedForTwiceIsRefundedTwice() throws IOException {
    placedWithLateMoneySentBack();
    ask(refundRequest("ORDER-3", World.T3));
    ask(refundRequest("ORDER-3", World.T3));

    assertOnly(judge(), Fault.REFUNDED_TWICE, 1);
  }

  @Test
  void anOrderShippedWithoutBeingAskedIsAStatusMismatch() throws IOException {
    OrderTransition paid = world.last("ORDER-1");
    OrderSnapshot shipped =
        new OrderSnapshot(
            OrderStatus.SHIPPED,
            paid.after().amountDueMinor(),
            paid.after().currency(),
            paid.after().placedAt(),
            paid.after().payingTransaction(),
            paid.after().payments(),
            paid.after().refunds(),
            paid.after().balances());
    world.last("ORDER-1", World.with(paid, OrderStatus.SHIPPED, shipped));

    assertOnly(judge(), Fault.STATUS_MISMATCH, 1);
  }

  @Test
  void aStepThatNoOrderMayTakeIsAStatusMismatch() throws IOException {
    OrderTransition cancelled =
        world.transitions.stream()
            .filter(t -> t.orderNo().equals("ORDER-3") && t.version() == 2)
            .findFirst()
            .orElseThrow();
    world.transitions.set(
        world.transitions.indexOf(cancelled),
        World.transition("ORDER-3", 2, OrderStatus.UNPLACED, OrderStatus.CANCELLED, null, null));

    assertOnly(judge(), Fault.STATUS_MISMATCH, 1);
  }

  @Test
  void aCaseThatAPersonResolvedNeedNotBeOpen() throws IOException {
    String id = "LATE_PAYMENT/ORDER-3/" + World.T3;
    world.commands.add(
        OrderCommand.resolve(
            World.order("ORDER-3"), id, "sent back by hand", "r1", "ann", Wechat.NOW));
    world.cases.add(
        World.revision(
            ExceptionKind.LATE_PAYMENT, "ORDER-3", World.T3, ExceptionState.RESOLVED, 2));

    assertThat(judge().findings()).isEmpty();
  }

  @Test
  void aCaseThatNobodyResolvedMustBeOpen() throws IOException {
    world.cases.add(
        World.revision(
            ExceptionKind.LATE_PAYMENT, "ORDER-3", World.T3, ExceptionState.RESOLVED, 2));

    assertOnly(judge(), Fault.EXCEPTION_DIFF, 1);
  }
}
