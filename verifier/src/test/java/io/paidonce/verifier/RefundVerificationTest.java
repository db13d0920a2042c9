package io.paidonce.verifier;

import static io.paidonce.verifier.VerificationTest.assertOnly;
import static io.paidonce.verifier.VerificationTest.invoke;
import static io.paidonce.verifier.VerificationTest.outcome;
import static io.paidonce.verifier.World.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.Balance;
import io.paidonce.contract.DeadLetter;
import io.paidonce.contract.DeadLetterReason;
import io.paidonce.contract.Evidence;
import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.ExceptionState;
import io.paidonce.contract.InputKind;
import io.paidonce.contract.NotificationKind;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderPayment;
import io.paidonce.contract.OrderSnapshot;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.PaymentStanding;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.contract.Topics;
import io.paidonce.contract.TransactionKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each planted fault of a refund, or of a callback that holds several facts, turns its counter. */
class RefundVerificationTest {

  private static Wechat wechat;

  @TempDir Path directory;

  private World world;

  @BeforeAll
  static void makeKeys() throws NoSuchAlgorithmException {
    wechat = new Wechat();
  }

  @BeforeEach
  void begin() {
    world = new World(wechat).withRefunds(wechat);
  }

  private Report judge(String... journal) throws IOException {
    MemoryLog log = new MemoryLog();
    world.write(log);
    Path file = null;
    if (journal.length > 0) {
      file = Files.write(directory.resolve("journal"), List.of(journal));
    }
    return Verification.judge(log, wechat.evidence(), file, false, Wechat.NOW, new Findings());
  }

  private void end(String orderNo, OrderStatus status, OrderSnapshot after) {
    world.last(orderNo, World.with(world.last(orderNo), status, after));
  }

  private static OrderSnapshot snapshot(
      OrderTransition like,
      OrderStatus status,
      List<OrderPayment> payments,
      List<RefundFact> refunds,
      List<Balance> balances) {
    return new OrderSnapshot(
        status,
        like.after().amountDueMinor(),
        like.after().currency(),
        like.after().placedAt(),
        like.after().payingTransaction(),
        payments,
        refunds,
        balances);
  }

  private void add(PaymentNotification notification) {
    world.notifications.add(notification);
    world.otherDeliveries.merge(World.identity(notification), 1L, Long::sum);
  }

  private PaymentNotification stored(String identity) {
    return world.notifications.stream()
        .filter(n -> World.identity(n).endsWith(identity))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aCleanSystemWithRefundsPrintsZeros() throws IOException {
    Report report = judge();

    assertThat(report.findings()).isEmpty();
    assertThat(report.toJson())
        .contains(
            "\"raw_records\":14,\"orders_placed\":6,\"orders_paid\":3,\"orders_refunded\":2,",
            "\"refunded_twice\":0,")
        .endsWith("\"holds\":true}");
  }

  @Test
  void aMissingOrderRefundedIsLost() throws IOException {
    world.refunded.remove(0);

    assertOnly(judge(), Fault.LOST, 1);
  }

  @Test
  void aSecondOrderRefundedIsRefundedTwice() throws IOException {
    world.refunded.add(World.orderRefunded("ORDER-15", key("4200000099")));

    assertOnly(judge(), Fault.REFUNDED_TWICE, 1);
  }

  @Test
  void oneRefundThatTakesBackTwoOrdersIsRefundedTwiceAndForged() throws IOException {
    world.refunded.add(World.orderRefunded("ORDER-16", World.T15));

    Report report = judge();

    assertThat(report.count(Fault.REFUNDED_TWICE)).isEqualTo(1);
    assertThat(report.count(Fault.FORGED)).isEqualTo(1);
  }

  @Test
  void anOrderRefundedThatOnlyAPartJustifiesIsForged() throws IOException {
    world.refunded.add(World.orderRefunded("ORDER-16", World.T16));

    assertOnly(judge(), Fault.FORGED, 1);
  }

  @Test
  void anOrderThatWasPaidAndRefundedNeedsItsOrderPaid() throws IOException {
    world.paid.removeIf(paid -> paid.orderNo().equals("ORDER-15"));

    assertOnly(judge(), Fault.LOST, 1);
  }

  @Test
  void whatWentBackBeforeItMetItsOrderIsNeverCalledPaid() throws IOException {
    world.paid.add(World.orderPaid("ORDER-17", World.T17));

    assertOnly(judge(), Fault.STATUS_MISMATCH, 1);
  }

  @Test
  void aPaidOrderWhoseSecondPaymentWentBackIsNotRefunded() throws IOException {
    PaymentNotification second = secondPayment("ORDER-1", World.DUE, World.DUE);
    assertThat(judge().findings()).isEmpty();

    begin();
    secondPayment("ORDER-1", World.DUE, World.DUE);
    world.refunded.add(World.orderRefunded("ORDER-1", World.fact(second).transaction()));
    assertOnly(judge(), Fault.STATUS_MISMATCH, 1);
  }

  @Test
  void aCancelledOrderWhoseLatePaymentWentBackIsNotRefunded() throws IOException {
    latePaymentGoesBack();
    assertThat(judge().findings()).isEmpty();

    begin();
    latePaymentGoesBack();
    world.refunded.add(World.orderRefunded("ORDER-3", World.T3));
    assertOnly(judge(), Fault.STATUS_MISMATCH, 1);
  }

  private void latePaymentGoesBack() {
    PaymentNotification refund =
        wechat.refund(
            World.T3.transactionId(), "ORDER-3", "R3", RefundOutcome.SUCCEEDED, World.DUE, null);
    add(refund);
    OrderTransition last = world.last("ORDER-3");
    end(
        "ORDER-3",
        OrderStatus.CANCELLED,
        snapshot(
            last,
            OrderStatus.CANCELLED,
            List.of(
                new OrderPayment(
                    last.after().payments().get(0).fact(), PaymentStanding.OWED_BACK, World.DUE)),
            List.of(World.refund(refund)),
            List.of(new Balance("CNY", World.DUE, 0, 0, 0, World.DUE))));
    world.cases.add(
        World.revision(
            ExceptionKind.LATE_PAYMENT, "ORDER-3", World.T3, ExceptionState.RESOLVED, 2));
  }

  @Test
  void orderRefundedNamesTheTransactionThatPaid() throws IOException {
    PaymentNotification second = secondPayment("ORDER-15", 0, World.DUE);
    assertThat(judge().findings()).isEmpty();

    begin();
    secondPayment("ORDER-15", 0, World.DUE);
    world.refunded.set(0, World.orderRefunded("ORDER-15", World.fact(second).transaction()));
    assertOnly(judge(), Fault.STATUS_MISMATCH, 1);
  }

  @Test
  void whatWentBackInFullPaysNoPaidOrder() throws IOException {
    PaymentNotification second = secondPayment("ORDER-1", World.DUE, World.DUE);
    TransactionKey wrong = World.fact(second).transaction();
    OrderSnapshot after = world.last("ORDER-1").after();
    end(
        "ORDER-1",
        OrderStatus.PAID,
        new OrderSnapshot(
            OrderStatus.PAID,
            after.amountDueMinor(),
            after.currency(),
            after.placedAt(),
            wrong,
            after.payments(),
            after.refunds(),
            after.balances()));
    world.paid.set(0, World.orderPaid("ORDER-1", wrong));

    assertOnly(judge(), Fault.STATUS_MISMATCH, 1);
  }

  @Test
  void whichPaymentIsAppliedAndWhichOwedBackMustAgreeWithThePayingOne() throws IOException {
    secondPayment("ORDER-1", World.DUE, 0);
    TransactionKey second = key("4200000018");
    world.cases.add(World.open(ExceptionKind.DOUBLE_PAYMENT, "ORDER-1", second));
    OrderTransition last = world.last("ORDER-1");
    List<OrderPayment> payments = last.after().payments();
    end(
        "ORDER-1",
        OrderStatus.PAID,
        snapshot(
            last,
            OrderStatus.PAID,
            List.of(
                new OrderPayment(payments.get(0).fact(), PaymentStanding.OWED_BACK, 0),
                new OrderPayment(payments.get(1).fact(), PaymentStanding.APPLIED, 0)),
            List.of(),
            last.after().balances()));

    assertOnly(judge(), Fault.MONEY_UNBALANCED, 1);
  }

  /** A second payment that fits, of which so much went back; the first keeps so much. */
  private PaymentNotification secondPayment(
      String orderNo, long firstKeepsMinor, long refundedMinor) {
    OrderTransition last = world.last(orderNo);
    OrderSnapshot after = last.after();
    PaymentNotification second = wechat.notification("4200000018", orderNo, World.DUE);
    world.notifications.add(second);
    world.deliveries.put(key("4200000018"), 1L);
    List<OrderPayment> payments = new ArrayList<>(after.payments());
    payments.add(new OrderPayment(World.fact(second), PaymentStanding.OWED_BACK, refundedMinor));
    List<RefundFact> refunds = new ArrayList<>(after.refunds());
    if (refundedMinor > 0) {
      PaymentNotification refund =
          wechat.refund("4200000018", orderNo, "R18", RefundOutcome.SUCCEEDED, refundedMinor, null);
      add(refund);
      refunds.add(World.refund(refund));
    }
    OrderSnapshot grown =
        snapshot(
            last,
            last.to(),
            payments,
            refunds,
            List.of(
                new Balance(
                    "CNY",
                    2 * World.DUE,
                    firstKeepsMinor,
                    World.DUE - refundedMinor,
                    0,
                    World.DUE - firstKeepsMinor + refundedMinor)));
    world.transitions.add(
        new OrderTransition(
            last.schema(),
            last.shop(),
            last.orderNo(),
            last.version() + 1,
            last.to(),
            last.to(),
            "second",
            InputKind.PAYMENT_SUCCEEDED,
            last.at(),
            last.source(),
            grown));
    return second;
  }

  @Test
  void aPartDoesNotRefundAnOrder() throws IOException {
    OrderTransition last = world.last("ORDER-16");
    OrderSnapshot after = last.after();
    end(
        "ORDER-16",
        OrderStatus.REFUNDED,
        snapshot(last, OrderStatus.REFUNDED, after.payments(), after.refunds(), after.balances()));

    assertOnly(judge(), Fault.STATUS_MISMATCH, 1);
  }

  @Test
  void anOrderOfWhichNothingIsLeftIsNotPaid() throws IOException {
    OrderTransition last = world.last("ORDER-15");
    OrderSnapshot after = last.after();
    end(
        "ORDER-15",
        OrderStatus.PAID,
        snapshot(last, OrderStatus.PAID, after.payments(), after.refunds(), after.balances()));

    assertOnly(judge(), Fault.STATUS_MISMATCH, 1);
  }

  @Test
  void aRefundThatIsCountedTwiceIsUnbalanced() throws IOException {
    OrderTransition last = world.last("ORDER-16");
    end(
        "ORDER-16",
        OrderStatus.PAID,
        snapshot(
            last,
            OrderStatus.PAID,
            List.of(
                new OrderPayment(
                    last.after().payments().get(0).fact(), PaymentStanding.APPLIED, 1000)),
            last.after().refunds(),
            List.of(new Balance("CNY", World.DUE, 200, 0, 0, 1000))));

    assertOnly(judge(), Fault.MONEY_UNBALANCED, 1);
  }

  @Test
  void aRefundThatTheLedgerCountsOfNoPaymentIsUnbalanced() throws IOException {
    OrderTransition last = world.last("ORDER-16");
    end(
        "ORDER-16",
        OrderStatus.PAID,
        snapshot(
            last,
            OrderStatus.PAID,
            List.of(
                new OrderPayment(
                    last.after().payments().get(0).fact(), PaymentStanding.APPLIED, 0)),
            last.after().refunds(),
            last.after().balances()));

    assertOnly(judge(), Fault.MONEY_UNBALANCED, 1);
  }

  @Test
  void aRefundThatTheLedgerDoesNotListIsUnbalanced() throws IOException {
    OrderTransition last = world.last("ORDER-15");
    OrderSnapshot after = last.after();
    end(
        "ORDER-15",
        OrderStatus.REFUNDED,
        snapshot(
            last,
            OrderStatus.REFUNDED,
            after.payments(),
            after.refunds().subList(0, 2),
            after.balances()));

    assertOnly(judge(), Fault.MONEY_UNBALANCED, 1);
  }

  @Test
  void aStuckRefundNeedsItsCaseAndItsSuccessClosesIt() throws IOException {
    world.cases.removeIf(
        c -> c.kind() == ExceptionKind.REFUND_ABNORMAL && c.state() == ExceptionState.RESOLVED);

    assertOnly(judge(), Fault.EXCEPTION_DIFF, 1);
  }

  @Test
  void aRefundThatNoReceiptCountsIsUndisposed() throws IOException {
    world.otherDeliveries.put(World.identity(stored("R1:SUCCEEDED")), 1L);

    Report report = judge();

    assertOnly(report, Fault.UNDISPOSED, 1);
    assertThat(report.findings())
        .singleElement()
        .asString()
        .contains("SUCCEEDED refund R1 of 4200000015");
  }

  @Test
  void eachStateOfARefundHasItsOwnReceipt() throws IOException {
    world.otherDeliveries.remove(World.identity(stored("R2:ABNORMAL")));

    assertOnly(judge(), Fault.UNDISPOSED, 1);
  }

  @Test
  void aClosedTradeThatNoReceiptCountsIsUndisposed() throws IOException {
    world.otherDeliveries.remove(World.identity(stored("closed:ORDER-4")));

    assertOnly(judge(), Fault.UNDISPOSED, 1);
  }

  @Test
  void aRefundThatDoesNotVerifyIsForgedAndMovesNothing() throws IOException {
    add(
        Wechat.forged(
            wechat.refund(
                World.T16.transactionId(),
                "ORDER-16",
                "R9",
                RefundOutcome.SUCCEEDED,
                World.DUE,
                null)));

    assertOnly(judge(), Fault.FORGED, 1);
  }

  @Test
  void aRefundThatItsEvidenceDoesNotSayIsForged() throws IOException {
    PaymentNotification good = stored("R1:SUCCEEDED");
    PaymentNotification other =
        wechat.refund(
            World.T15.transactionId(), "ORDER-15", "R1", RefundOutcome.SUCCEEDED, 201L, null);
    add(Wechat.with(good, good.deliveryId(), other.evidence()));

    assertOnly(judge(), Fault.FORGED, 1);
  }

  @Test
  void aContradictionOfARefundNeedsItsCaseAndTheFirstWordStands() throws IOException {
    add(
        wechat.refund(
            World.T15.transactionId(), "ORDER-15", "R1", RefundOutcome.SUCCEEDED, 201L, null));
    assertOnly(judge(), Fault.EXCEPTION_DIFF, 1);

    world.cases.add(World.open(ExceptionKind.CONFLICTING_NOTIFICATION, "ORDER-15", World.T15));
    world.receipts.clear();
    world.deadLetters.remove(world.deadLetters.size() - 1);
    assertThat(judge().findings()).isEmpty();
  }

  @Test
  void aRefundThatTheLedgerCouldNotTakeAndKeptAsADeadLetterTakesPartInNothing() throws IOException {
    PaymentNotification refund =
        wechat.refund(
            World.T16.transactionId(), "ORDER-16", "R9", RefundOutcome.SUCCEEDED, 100L, null);
    add(refund);
    RecordCoordinates source = new RecordCoordinates("order-inputs", 3, 7);
    OrderInput input =
        new OrderInput(
            OrderInput.SCHEMA,
            "i",
            InputKind.REFUND_SUCCEEDED,
            Wechat.SHOP,
            "ORDER-16",
            Wechat.NOW,
            source,
            null,
            refund.refund(),
            null);
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
  void anAcknowledgedRefundThatIsNotStoredIsLost() throws IOException {
    UUID attempt = UUID.randomUUID();

    assertOnly(
        judge(invoke(attempt, "refund", new byte[] {1}), outcome(attempt, "ok")), Fault.LOST, 1);
  }

  @Test
  void ofAnAcknowledgedCallbackEachFactMustBeStored() throws IOException {
    List<PaymentNotification> both =
        wechat.oneCallback(wechat.closed("ORDER-21"), wechat.closed("ORDER-22"));
    add(both.get(1));
    UUID attempt = UUID.randomUUID();
    byte[] body = both.get(0).evidence().body().bytes();

    Report report = judge(invoke(attempt, "payment", body), outcome(attempt, "ok"));

    assertOnly(report, Fault.LOST, 1);
    assertThat(report.findings())
        .singleElement()
        .asString()
        .contains(attempt.toString(), "of its facts only 1 are in the log");
  }

  @Test
  void aCallbackWhoseFactsAreAllStoredIsNotLostWhicheverDeliveryStoredThem() throws IOException {
    List<PaymentNotification> both =
        wechat.oneCallback(wechat.closed("ORDER-21"), wechat.closed("ORDER-22"));
    Evidence evidence = both.get(0).evidence();
    add(both.get(1));
    add(Wechat.with(both.get(0), "another", evidence));
    add(Wechat.with(both.get(1), "another", evidence));
    UUID attempt = UUID.randomUUID();

    Report report =
        judge(invoke(attempt, "payment", evidence.body().bytes()), outcome(attempt, "ok"));

    assertThat(report.findings()).isEmpty();
  }

  @Test
  void ofACallbackThatWasNotAcknowledgedAnyPartMayBeStored() throws IOException {
    List<PaymentNotification> both =
        wechat.oneCallback(wechat.closed("ORDER-21"), wechat.closed("ORDER-22"));
    add(both.get(1));
    UUID attempt = UUID.randomUUID();
    byte[] body = both.get(0).evidence().body().bytes();

    assertThat(judge(invoke(attempt, "payment", body), outcome(attempt, "no")).findings())
        .isEmpty();
  }

  @Test
  void onlyABuildThatKnewLessMayHaveKeptAKnownTypeAsUnrecognised() throws IOException {
    unrecognised(1, 0);
    assertThat(judge().findings()).isEmpty();

    begin();
    unrecognised(PaymentNotification.SCHEMA, 0);
    assertOnly(judge(), Fault.FORGED, 1);
  }

  @Test
  void anUnrecognisedNotificationThatIsNoDeadLetterIsUndisposed() throws IOException {
    unrecognised(1, 100);

    assertOnly(judge(), Fault.UNDISPOSED, 1);
  }

  private void unrecognised(int schema, long astray) {
    PaymentNotification known = wechat.closed("ORDER-23");
    world.notifications.add(
        new PaymentNotification(
            schema,
            known.provider(),
            known.account(),
            known.protocol(),
            known.shop(),
            null,
            NotificationKind.UNRECOGNISED,
            known.eventType(),
            null,
            known.deliveryId(),
            known.authentication(),
            known.witness(),
            known.receivedAt(),
            null,
            null,
            known.evidence()));
    world.deadLetters.add(
        World.deadLetter(
            new RecordCoordinates(
                Topics.PAYMENT_NOTIFICATIONS.name(), 0, world.notifications.size() - 1 + astray),
            Topics.PAYMENT_NOTIFICATIONS.name(),
            "a dead letter"));
  }
}
