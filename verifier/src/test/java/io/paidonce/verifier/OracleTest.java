package io.paidonce.verifier;

import static io.paidonce.contract.ExceptionKind.AMOUNT_MISMATCH;
import static io.paidonce.contract.ExceptionKind.COMMAND_REFUSED;
import static io.paidonce.contract.ExceptionKind.CONFLICTING_NOTIFICATION;
import static io.paidonce.contract.ExceptionKind.CURRENCY_MISMATCH;
import static io.paidonce.contract.ExceptionKind.DOUBLE_PAYMENT;
import static io.paidonce.contract.ExceptionKind.LATE_PAYMENT;
import static io.paidonce.contract.ExceptionKind.OVERPAYMENT;
import static io.paidonce.contract.ExceptionKind.PAYEE_MISMATCH;
import static io.paidonce.contract.ExceptionKind.REFUND_ABNORMAL;
import static io.paidonce.contract.ExceptionKind.REFUND_CLOSED;
import static io.paidonce.contract.ExceptionKind.REFUND_EXCEEDS_PAYMENT;
import static io.paidonce.contract.ExceptionKind.REFUND_MISMATCH;
import static io.paidonce.contract.ExceptionKind.REFUND_WITHOUT_PAYMENT;
import static io.paidonce.contract.ExceptionKind.UNDERPAID;
import static io.paidonce.contract.ExceptionKind.UNKNOWN_ORDER;
import static io.paidonce.contract.OrderStatus.CANCELLED;
import static io.paidonce.contract.OrderStatus.COMPLETED;
import static io.paidonce.contract.OrderStatus.PAID;
import static io.paidonce.contract.OrderStatus.PENDING;
import static io.paidonce.contract.OrderStatus.REFUNDED;
import static io.paidonce.contract.OrderStatus.SHIPPED;
import static io.paidonce.contract.OrderStatus.UNPLACED;
import static io.paidonce.contract.RefundOutcome.ABNORMAL;
import static io.paidonce.contract.RefundOutcome.CLOSED;
import static io.paidonce.contract.RefundOutcome.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.CommandKind;
import io.paidonce.contract.LatePayment;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.PaymentPolicy;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.contract.TransactionKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OracleTest {

  private static final Instant RECEIVED = Instant.parse("2026-01-31T12:00:00Z");
  private static final Command PLACE = place("p1", 1200);
  private static final Command CANCEL = cancel("c1");
  private static final Command PLACE_PARTS =
      place("p1", new PaymentPolicy(true, LatePayment.REVIEW));
  private static final Payment FITS = paid("t1", 1200);
  private static final Payment FITS_TOO = paid("t2", 1200);

  private static Command place(String id, long due) {
    return new Command(CommandKind.PLACE, id, due, "CNY");
  }

  private static Command cancel(String id) {
    return new Command(CommandKind.CANCEL, id, null, null);
  }

  private static Payment paid(String transaction, long amount) {
    return new Payment(key(transaction), amount, "CNY", "mch", "mch", RECEIVED);
  }

  private static TransactionKey key(String transaction) {
    return new TransactionKey("wechat", "mch", transaction);
  }

  private static Expectation expect(
      List<Command> commands, List<Payment> payments, @Nullable OrderStatus observed) {
    return expect(commands, payments, List.of(), observed);
  }

  private static Expectation expect(
      List<Command> commands,
      List<Payment> payments,
      List<Refund> refunds,
      @Nullable OrderStatus observed) {
    return Oracle.expect(commands, payments, refunds, 0, new Oracle.Observed(observed, null));
  }

  private static Refund refunded(String transaction, String id, long amount) {
    return refund(transaction, id, SUCCEEDED, amount, null);
  }

  private static Refund refund(
      String transaction,
      String id,
      RefundOutcome outcome,
      @Nullable Long amount,
      @Nullable Long total) {
    return new Refund(
        new Refund.Identity(key(transaction), id, outcome, amount == null ? total : null),
        amount,
        total,
        null,
        "CNY");
  }

  private static Map<String, Sums> cny(long applied, long owedBack, long suspense, long refunded) {
    return Map.of("CNY", new Sums(applied, owedBack, suspense, refunded));
  }

  @Test
  void nothingIsKnownOfAnOrderThatOnlyHadARefusedCancel() {
    Expectation order = expect(List.of(CANCEL), List.of(), null);

    assertThat(order.known()).isFalse();
    assertThat(order.possible()).containsExactly(UNPLACED);
    assertThat(order.open()).isEqualTo(Map.of(COMMAND_REFUSED, 1));
  }

  @Test
  void aPlacedOrderIsPending() {
    Expectation order = expect(List.of(PLACE), List.of(), PENDING);

    assertThat(order.known()).isTrue();
    assertThat(order.possible()).containsExactly(PENDING);
    assertThat(order.open()).isEmpty();
    assertThat(order.money()).isEmpty();
  }

  @Test
  void aFittingPaymentPays() {
    Expectation order = expect(List.of(PLACE), List.of(FITS), PAID);

    assertThat(order.possible()).containsExactly(PAID);
    assertThat(order.fitting()).containsExactly(FITS.transaction());
    assertThat(order.money()).isEqualTo(Map.of("CNY", new Sums(1200, 0, 0, 0)));
    assertThat(order.open()).isEmpty();
  }

  @Test
  void ofTwoFittingPaymentsEitherPaysAndTheOtherIsOwedBackInFull() {
    Expectation order = expect(List.of(PLACE), List.of(FITS, FITS_TOO), PAID);

    assertThat(order.fitting())
        .containsExactlyInAnyOrder(FITS.transaction(), FITS_TOO.transaction());
    assertThat(order.money()).isEqualTo(Map.of("CNY", new Sums(1200, 1200, 0, 0)));
    assertThat(order.open()).isEqualTo(Map.of(DOUBLE_PAYMENT, 1));
  }

  @Test
  void moneyForAnOrderNeverPlacedIsInSuspenseOneCaseATransaction() {
    Expectation order = expect(List.of(), List.of(FITS, FITS_TOO), UNPLACED);

    assertThat(order.known()).isTrue();
    assertThat(order.possible()).containsExactly(UNPLACED);
    assertThat(order.money()).isEqualTo(Map.of("CNY", new Sums(0, 0, 2400, 0)));
    assertThat(order.open()).isEqualTo(Map.of(UNKNOWN_ORDER, 2));
  }

  @Test
  void aMismatchDoesNotPay() {
    Payment otherAmount = paid("t1", 1199);

    Expectation order = expect(List.of(PLACE), List.of(otherAmount), PENDING);

    assertThat(order.possible()).containsExactly(PENDING);
    assertThat(order.fitting()).isEmpty();
    assertThat(order.money()).isEqualTo(Map.of("CNY", new Sums(0, 0, 1199, 0)));
    assertThat(order.open()).isEqualTo(Map.of(AMOUNT_MISMATCH, 1));
  }

  @Test
  void aPaymentHasOneMismatchPayeeBeforeCurrencyBeforeAmount() {
    Payment allWrong = new Payment(key("t1"), 1, "USD", "other", "mch", RECEIVED);
    Payment moneyWrong = new Payment(key("t2"), 1, "USD", "mch", "mch", RECEIVED);

    Expectation order = expect(List.of(PLACE), List.of(allWrong, moneyWrong), PENDING);

    assertThat(order.open()).isEqualTo(Map.of(PAYEE_MISMATCH, 1, CURRENCY_MISMATCH, 1));
    assertThat(order.money()).isEqualTo(Map.of("USD", new Sums(0, 0, 2, 0)));
  }

  @Test
  void aMismatchStaysInSuspenseBesideAPaymentAndAfterACancel() {
    Payment otherAmount = paid("t3", 5);

    Expectation paidOrder = expect(List.of(PLACE), List.of(otherAmount, FITS), PAID);
    Expectation cancelled = expect(List.of(PLACE, CANCEL), List.of(otherAmount), CANCELLED);

    assertThat(paidOrder.money()).isEqualTo(Map.of("CNY", new Sums(1200, 0, 5, 0)));
    assertThat(paidOrder.open()).isEqualTo(Map.of(AMOUNT_MISMATCH, 1));
    assertThat(cancelled.money()).isEqualTo(Map.of("CNY", new Sums(0, 0, 5, 0)));
    assertThat(cancelled.open()).isEqualTo(Map.of(AMOUNT_MISMATCH, 1));
  }

  @Test
  void aCancelOfAnUnpaidOrderCancelsItForEver() {
    Expectation order = expect(List.of(PLACE, CANCEL, cancel("c2")), List.of(), CANCELLED);

    assertThat(order.possible()).containsExactly(CANCELLED);
    assertThat(order.open()).as("a second cancel changes nothing").isEmpty();
  }

  @Test
  void wherePaymentAndCancelRaceBothOutcomesAreRightIfAllElseAgrees() {
    List<Command> commands = List.of(PLACE, CANCEL);

    Expectation cancelled = expect(commands, List.of(FITS, FITS_TOO), CANCELLED);
    Expectation paidOrder = expect(commands, List.of(FITS, FITS_TOO), PAID);

    assertThat(cancelled.possible()).containsExactlyInAnyOrder(PAID, CANCELLED);
    assertThat(cancelled.money()).isEqualTo(Map.of("CNY", new Sums(0, 2400, 0, 0)));
    assertThat(cancelled.open()).isEqualTo(Map.of(LATE_PAYMENT, 2));
    assertThat(paidOrder.money()).isEqualTo(Map.of("CNY", new Sums(1200, 1200, 0, 0)));
    assertThat(paidOrder.open()).isEqualTo(Map.of(DOUBLE_PAYMENT, 1, COMMAND_REFUSED, 1));
  }

  @Test
  void aRaceNeverLeavesAnOrderPending() {
    Expectation order = expect(List.of(PLACE, CANCEL), List.of(FITS), PENDING);

    assertThat(order.possible()).doesNotContain(PENDING);
    assertThat(order.status()).isEqualTo(PAID);
  }

  @Test
  void aCancelBeforeThePlaceIsRefusedAndDoesNotCancel() {
    Expectation order = expect(List.of(CANCEL, PLACE), List.of(), PENDING);

    assertThat(order.possible()).containsExactly(PENDING);
    assertThat(order.open()).isEqualTo(Map.of(COMMAND_REFUSED, 1));
  }

  @Test
  void everyCancelOfAPaidOrderIsRefused() {
    Expectation order = expect(List.of(PLACE, CANCEL, cancel("c2")), List.of(FITS), PAID);

    assertThat(order.open()).isEqualTo(Map.of(COMMAND_REFUSED, 2));
  }

  @Test
  void theFirstPlaceSaysWhatIsDue() {
    Expectation order =
        expect(List.of(PLACE, place("p2", 1200), place("p3", 999)), List.of(FITS), PAID);

    assertThat(order.dueMinor()).isEqualTo(1200);
    assertThat(order.open())
        .as("the same amount again is nothing, another one is refused")
        .isEqualTo(Map.of(COMMAND_REFUSED, 1));
  }

  @Test
  void aPlaceOfACancelledOrderIsRefused() {
    Expectation order = expect(List.of(PLACE, CANCEL, place("p2", 1200)), List.of(), CANCELLED);

    assertThat(order.open()).isEqualTo(Map.of(COMMAND_REFUSED, 1));
  }

  @Test
  void aRepeatedCommandIsNothingAndAnIdUsedForSomethingElseIsOneCase() {
    Expectation repeated = expect(List.of(PLACE, PLACE, PLACE), List.of(), PENDING);
    Expectation reused =
        expect(List.of(PLACE, place("p1", 7), place("p1", 8), cancel("p1")), List.of(), PENDING);

    assertThat(repeated.open()).isEmpty();
    assertThat(reused.possible()).as("a reused id does not cancel").containsExactly(PENDING);
    assertThat(reused.open()).isEqualTo(Map.of(COMMAND_REFUSED, 1));
  }

  @Test
  void aContradictionIsOneMoreCaseAndTheFirstWordStands() {
    Expectation order =
        Oracle.expect(List.of(PLACE), List.of(FITS), List.of(), 1, new Oracle.Observed(PAID, null));

    assertThat(order.possible()).containsExactly(PAID);
    assertThat(order.open()).isEqualTo(Map.of(CONFLICTING_NOTIFICATION, 1));
  }

  @Test
  void aRefundOfAPartIsAnAmountAndNoStatus() {
    Expectation order =
        expect(List.of(PLACE), List.of(FITS), List.of(refunded("t1", "r1", 200)), PAID);

    assertThat(order.possible()).containsExactly(PAID);
    assertThat(order.payers()).containsExactly(FITS.transaction());
    assertThat(order.money()).isEqualTo(cny(1000, 0, 0, 200));
    assertThat(order.open()).isEmpty();
  }

  @Test
  void refundsThatReachThePaymentRefundTheOrder() {
    List<Refund> refunds = List.of(refunded("t1", "r1", 200), refunded("t1", "r2", 1000));

    Expectation order = expect(List.of(PLACE), List.of(FITS), refunds, REFUNDED);

    assertThat(order.possible()).containsExactly(REFUNDED);
    assertThat(order.payers()).containsExactly(FITS.transaction());
    assertThat(order.money()).isEqualTo(cny(0, 0, 0, 1200));
    assertThat(order.open()).isEmpty();
  }

  @Test
  void ofSingleRefundsAndTotalsTheLargerCountsAndNeverMoreThanThePayment() {
    List<Refund> refunds =
        List.of(
            refunded("t1", "r1", 200),
            refund("t1", "r2", SUCCEEDED, 300L, 450L),
            refund("t1", "FULL", SUCCEEDED, null, 400L));
    List<Refund> more = new ArrayList<>(refunds);
    more.add(refund("t1", "FULL", SUCCEEDED, null, 1201L));

    Expectation partly = expect(List.of(PLACE), List.of(FITS), refunds, PAID);
    Expectation tooMuch = expect(List.of(PLACE), List.of(FITS), more, REFUNDED);

    assertThat(partly.money()).isEqualTo(cny(700, 0, 0, 500));
    assertThat(tooMuch.money()).isEqualTo(cny(0, 0, 0, 1200));
    assertThat(tooMuch.open()).isEqualTo(Map.of(REFUND_EXCEEDS_PAYMENT, 1));
  }

  @Test
  void onlyWhatSucceededMovesMoney() {
    List<Refund> refunds =
        List.of(refund("t1", "r1", ABNORMAL, 1200L, null), refund("t1", "r2", CLOSED, 1200L, null));

    Expectation order = expect(List.of(PLACE), List.of(FITS), refunds, PAID);

    assertThat(order.possible()).containsExactly(PAID);
    assertThat(order.money()).isEqualTo(cny(1200, 0, 0, 0));
    assertThat(order.open()).isEqualTo(Map.of(REFUND_ABNORMAL, 1, REFUND_CLOSED, 1));
  }

  @Test
  void aRefundThatWaitsOrFailedIsSettledByItsSuccessOrWhenAllWentBack() {
    Refund stuck = refund("t1", "r1", ABNORMAL, 200L, null);
    Refund failed = refund("t1", "r2", CLOSED, 200L, null);

    Expectation succeeded =
        expect(List.of(PLACE), List.of(FITS), List.of(stuck, refunded("t1", "r1", 200)), PAID);
    Expectation allBack =
        expect(
            List.of(PLACE),
            List.of(FITS),
            List.of(stuck, failed, refunded("t1", "r3", 1200)),
            REFUNDED);
    Expectation stuckThenFailed =
        expect(
            List.of(PLACE),
            List.of(FITS),
            List.of(stuck, refund("t1", "r1", CLOSED, 200L, null)),
            PAID);

    assertThat(succeeded.open()).isEmpty();
    assertThat(allBack.open()).isEmpty();
    assertThat(stuckThenFailed.open()).isEqualTo(Map.of(REFUND_CLOSED, 1));
  }

  @Test
  void aRefundThatSucceededAndFailedIsAContradictionAndItsMoneyCounts() {
    List<Refund> refunds =
        List.of(refunded("t1", "r1", 200), refund("t1", "r1", CLOSED, 200L, null));

    Expectation order = expect(List.of(PLACE), List.of(FITS), refunds, PAID);

    assertThat(order.money()).isEqualTo(cny(1000, 0, 0, 200));
    assertThat(order.open()).isEqualTo(Map.of(CONFLICTING_NOTIFICATION, 1));
  }

  @Test
  void aRefundWithoutItsPaymentWaitsAndMovesNothing() {
    List<Refund> refunds =
        List.of(
            refunded("t1", "r1", 200),
            refunded("t1", "r2", 200),
            refund("t1", "r3", ABNORMAL, 200L, null));

    Expectation order = expect(List.of(), List.of(), refunds, UNPLACED);

    assertThat(order.known()).isTrue();
    assertThat(order.money()).isEmpty();
    assertThat(order.open()).isEqualTo(Map.of(REFUND_WITHOUT_PAYMENT, 2, REFUND_ABNORMAL, 1));
  }

  @Test
  void aRefundNeverTurnsAnUnpaidOrderPaid() {
    Expectation order =
        expect(List.of(PLACE), List.of(), List.of(refunded("t1", "r1", 1200)), PENDING);

    assertThat(order.possible()).containsExactly(PENDING);
    assertThat(order.open()).isEqualTo(Map.of(REFUND_WITHOUT_PAYMENT, 1));
  }

  @Test
  void whatIsRefundedInFullWaitsForNobodyWhateverItWasFor() {
    Payment otherAmount = paid("t2", 900);
    List<Refund> refunds = List.of(refunded("t1", "r1", 1200), refunded("t2", "r2", 900));

    Expectation unplaced = expect(List.of(), List.of(FITS, otherAmount), refunds, UNPLACED);
    Expectation cancelled =
        expect(List.of(PLACE, CANCEL), List.of(FITS, otherAmount), refunds, CANCELLED);
    Expectation pending =
        expect(List.of(PLACE), List.of(otherAmount), List.of(refunds.get(1)), PENDING);

    assertThat(unplaced.open()).isEmpty();
    assertThat(unplaced.money()).isEqualTo(cny(0, 0, 0, 2100));
    assertThat(cancelled.open()).isEmpty();
    assertThat(cancelled.money()).isEqualTo(cny(0, 0, 0, 2100));
    assertThat(pending.possible()).containsExactly(PENDING);
    assertThat(pending.open()).isEmpty();
  }

  @Test
  void aPartlyRefundedDoublePaymentIsOwedBackForTheRest() {
    List<Refund> refunds = List.of(refunded("t2", "r1", 200));

    Expectation order =
        Oracle.expect(
            List.of(PLACE),
            List.of(FITS, FITS_TOO),
            refunds,
            0,
            new Oracle.Observed(PAID, FITS.transaction()));
    Expectation otherWay =
        Oracle.expect(
            List.of(PLACE),
            List.of(FITS, FITS_TOO),
            refunds,
            0,
            new Oracle.Observed(PAID, FITS_TOO.transaction()));

    assertThat(order.money()).isEqualTo(cny(1200, 1000, 0, 200));
    assertThat(otherWay.money()).isEqualTo(cny(1000, 1200, 0, 200));
    assertThat(order.open()).isEqualTo(Map.of(DOUBLE_PAYMENT, 1));
    assertThat(otherWay.open()).isEqualTo(Map.of(DOUBLE_PAYMENT, 1));
  }

  @Test
  void whereTheRefundAndASecondPaymentRaceBothOutcomesAreRightIfAllElseAgrees() {
    List<Refund> refunds = List.of(refunded("t1", "r1", 1200));

    Expectation refundedOrder = expect(List.of(PLACE), List.of(FITS, FITS_TOO), refunds, REFUNDED);
    Expectation paidOrder = expect(List.of(PLACE), List.of(FITS, FITS_TOO), refunds, PAID);

    assertThat(refundedOrder.possible()).containsExactlyInAnyOrder(PAID, REFUNDED);
    assertThat(refundedOrder.payers()).containsExactly(FITS.transaction());
    assertThat(refundedOrder.money()).isEqualTo(cny(0, 1200, 0, 1200));
    assertThat(refundedOrder.open()).isEqualTo(Map.of(DOUBLE_PAYMENT, 1));
    assertThat(paidOrder.payers()).containsExactly(FITS_TOO.transaction());
    assertThat(paidOrder.money()).isEqualTo(cny(1200, 0, 0, 1200));
    assertThat(paidOrder.open()).isEmpty();
  }

  @Test
  void aCancelOfARefundedOrderIsRefused() {
    List<Refund> refunds = List.of(refunded("t1", "r1", 1200));

    Expectation order = expect(List.of(PLACE, CANCEL), List.of(FITS), refunds, REFUNDED);

    assertThat(order.possible()).containsExactlyInAnyOrder(REFUNDED, CANCELLED);
    assertThat(order.open()).isEqualTo(Map.of(COMMAND_REFUSED, 1));
  }

  @Test
  void aRefundThatNamesAnotherCurrencyOrPaymentIsACaseAndOnlyItsOwnCurrencyCounts() {
    Refund.Identity r1 = new Refund.Identity(key("t1"), "r1", SUCCEEDED, null);

    Expectation currency =
        expect(
            List.of(PLACE), List.of(FITS), List.of(new Refund(r1, 5L, null, 1200L, "USD")), PAID);
    Expectation amount =
        expect(
            List.of(PLACE), List.of(FITS), List.of(new Refund(r1, 5L, null, 1201L, "CNY")), PAID);

    assertThat(currency.money()).isEqualTo(cny(1200, 0, 0, 0));
    assertThat(currency.open()).isEqualTo(Map.of(REFUND_MISMATCH, 1));
    assertThat(amount.money()).isEqualTo(cny(1195, 0, 0, 5));
    assertThat(amount.open()).isEqualTo(Map.of(REFUND_MISMATCH, 1));
  }

  @Test
  void whatMustBeTrueDoesNotDependOnTheOrderOfPayments() {
    List<Payment> payments =
        new ArrayList<>(List.of(FITS, FITS_TOO, paid("t3", 7), paid("t4", 1200)));
    Expectation forwards = expect(List.of(PLACE), payments, PAID);
    Collections.reverse(payments);

    assertThat(expect(List.of(PLACE), payments, PAID)).isEqualTo(forwards);
  }

  private static final Payment SOME = paid("t1", 700);
  private static final Payment MORE = paid("t2", 700);

  private static Command place(String id, PaymentPolicy policy) {
    return new Command(CommandKind.PLACE, id, 1200L, "CNY", policy, null, null, null);
  }

  private static Command asked(CommandKind kind, String id) {
    return new Command(kind, id, null, null);
  }

  private static Command expecting(Command command, long version) {
    return new Command(
        command.kind(),
        command.id(),
        command.amountDueMinor(),
        command.currency(),
        command.policy(),
        version,
        null,
        null);
  }

  private static Oracle.Observed passed(OrderStatus end, OrderStatus... on) {
    return new Oracle.Observed(end, null, Set.of(on), 1200L, "CNY", null, Enquiries.NONE, 0);
  }

  private static Set<OrderStatus> timedOut(Instant at, Payment... payments) {
    return Oracle.expect(
            List.of(PLACE),
            List.of(payments),
            List.of(),
            0,
            new Oracle.Observed(
                CANCELLED, null, Set.of(PENDING, CANCELLED), 1200L, "CNY", at, Enquiries.NONE, 0))
        .possible();
  }

  @Test
  void nobodysTimeToPayIsOverWhoHadPaidByThen() {
    assertThat(timedOut(RECEIVED, FITS)).containsExactly(PAID);
    assertThat(timedOut(RECEIVED.minusMillis(1), FITS)).contains(CANCELLED);
    assertThat(timedOut(RECEIVED, paid("t1", 1))).containsExactly(CANCELLED);
    assertThat(timedOut(RECEIVED)).containsExactly(CANCELLED);
  }

  @Test
  void partsPayWhenTheyReachWhatIsDue() {
    Expectation some = expect(List.of(PLACE_PARTS), List.of(SOME), PENDING);
    Expectation both = expect(List.of(PLACE_PARTS), List.of(SOME, MORE), PAID);

    assertThat(some.possible()).containsExactly(PENDING);
    assertThat(some.money()).isEqualTo(cny(700, 0, 0, 0));
    assertThat(some.open()).isEmpty();
    assertThat(both.possible()).containsExactly(PAID);
    assertThat(both.payers()).containsExactlyInAnyOrder(key("t1"), key("t2"));
    assertThat(both.money()).isEqualTo(cny(1200, 200, 0, 0));
    assertThat(both.open()).isEqualTo(Map.of(OVERPAYMENT, 1));
  }

  @Test
  void aRefundOfPartsFirstTakesFromWhatIsTooMuch() {
    Expectation order =
        expect(List.of(PLACE_PARTS), List.of(SOME, MORE), List.of(refunded("t2", "r1", 200)), PAID);

    assertThat(order.possible()).containsExactly(PAID);
    assertThat(order.money()).isEqualTo(cny(1200, 0, 0, 200));
    assertThat(order.open()).isEmpty();
  }

  @Test
  void aPartThatWentBackLeavesTheOrderUnderpaidWhateverCameFirst() {
    List<Refund> refunds = List.of(refunded("t2", "r1", 700));

    Expectation pending = expect(List.of(PLACE_PARTS), List.of(SOME, MORE), refunds, PENDING);
    Expectation paidOrder = expect(List.of(PLACE_PARTS), List.of(SOME, MORE), refunds, PAID);

    assertThat(pending.possible()).containsExactlyInAnyOrder(PENDING, PAID);
    assertThat(pending.money()).isEqualTo(cny(700, 0, 0, 700));
    assertThat(pending.open()).isEqualTo(Map.of(UNDERPAID, 1));
    assertThat(paidOrder.money()).isEqualTo(pending.money());
    assertThat(paidOrder.open()).isEqualTo(pending.open());
  }

  @Test
  void partsThatAllWentBackRefundTheOrderIfTheyReachedIt() {
    Expectation order =
        expect(
            List.of(PLACE_PARTS),
            List.of(SOME, MORE),
            List.of(refunded("t1", "r1", 700), refunded("t2", "r2", 700)),
            REFUNDED);
    Expectation tooFew =
        expect(List.of(PLACE_PARTS), List.of(SOME), List.of(refunded("t1", "r1", 700)), PENDING);

    assertThat(order.possible()).containsExactly(REFUNDED);
    assertThat(order.money()).isEqualTo(cny(0, 0, 0, 1400));
    assertThat(order.open()).isEmpty();
    assertThat(tooFew.possible()).containsExactly(PENDING);
    assertThat(tooFew.open()).isEmpty();
  }

  @Test
  void partsOfACancelledOrderAreEachOwedBack() {
    Payment dollars = new Payment(key("t3"), 700, "USD", "mch", "mch", RECEIVED);

    Expectation order =
        expect(List.of(PLACE_PARTS, CANCEL), List.of(SOME, MORE, dollars), CANCELLED);

    assertThat(order.possible()).containsExactlyInAnyOrder(PAID, CANCELLED);
    assertThat(order.money())
        .isEqualTo(Map.of("CNY", new Sums(0, 1400, 0, 0), "USD", new Sums(0, 0, 700, 0)));
    assertThat(order.open()).isEqualTo(Map.of(LATE_PAYMENT, 2, CURRENCY_MISMATCH, 1));
  }

  @Test
  void whereLateMoneyReopensItAlwaysPays() {
    Command place = place("p1", new PaymentPolicy(false, LatePayment.REOPEN));
    List<Command> commands = List.of(place, CANCEL);

    Expectation unpaid = expect(commands, List.of(), CANCELLED);
    Expectation reopened =
        Oracle.expect(commands, List.of(FITS), List.of(), 0, passed(PAID, CANCELLED, PAID));
    Expectation neverCancelled =
        Oracle.expect(commands, List.of(FITS), List.of(), 0, passed(PAID, PAID));

    assertThat(unpaid.possible()).containsExactly(CANCELLED);
    assertThat(reopened.possible()).containsExactly(PAID);
    assertThat(reopened.money()).isEqualTo(cny(1200, 0, 0, 0));
    assertThat(reopened.open()).as("the cancel was taken").isEmpty();
    assertThat(reopened.moreRefused()).isZero();
    assertThat(neverCancelled.open()).isEqualTo(Map.of(COMMAND_REFUSED, 1));
  }

  @Test
  void whereLateMoneyIsSentBackItsRefundMustBeAskedForUntilItCame() {
    Command place = place("p1", new PaymentPolicy(false, LatePayment.REFUND));
    List<Command> commands = List.of(place, CANCEL);

    Expectation late = expect(commands, List.of(FITS, paid("t2", 7)), CANCELLED);
    Expectation came =
        expect(commands, List.of(FITS), List.of(refunded("t1", "r1", 1200)), CANCELLED);
    Expectation paidOrder = expect(commands, List.of(FITS), PAID);
    Expectation reviewed = expect(List.of(PLACE, CANCEL), List.of(FITS), CANCELLED);

    assertThat(late.mustBeSentBack()).containsExactly(key("t1"));
    assertThat(came.mustBeSentBack()).isEmpty();
    assertThat(came.mayBeSentBack()).containsExactly(key("t1"));
    assertThat(paidOrder.mustBeSentBack()).isEmpty();
    assertThat(reviewed.mayBeSentBack()).isEmpty();
  }

  @Test
  void aPaidOrderIsShippedAndCompletedInThisOrder() {
    Command ship = asked(CommandKind.SHIP, "s1");
    Command complete = asked(CommandKind.COMPLETE, "d1");

    assertThat(expect(List.of(PLACE, ship, complete), List.of(FITS), COMPLETED).possible())
        .containsExactly(PAID, SHIPPED, COMPLETED);
    assertThat(expect(List.of(PLACE, complete), List.of(FITS), PAID).possible())
        .containsExactly(PAID);
    assertThat(expect(List.of(PLACE, ship), List.of(), PENDING).possible())
        .containsExactly(PENDING);
    assertThat(expect(List.of(PLACE, ship), List.of(), PENDING).open())
        .isEqualTo(Map.of(COMMAND_REFUSED, 1));
    assertThat(expect(List.of(PLACE, ship), List.of(FITS), SHIPPED).open()).isEmpty();
    assertThat(expect(List.of(PLACE, ship), List.of(FITS), PAID).open())
        .as("it came before the payment")
        .isEqualTo(Map.of(COMMAND_REFUSED, 1));
  }

  @Test
  void ofTwoShipsOneIsTakenAndTheOtherMayHaveComeTooEarly() {
    List<Command> commands =
        List.of(PLACE, asked(CommandKind.SHIP, "s1"), asked(CommandKind.SHIP, "s2"));

    Expectation order =
        Oracle.expect(commands, List.of(FITS), List.of(), 0, passed(SHIPPED, PAID, SHIPPED));

    assertThat(order.open()).isEmpty();
    assertThat(order.mostOpen(COMMAND_REFUSED)).isEqualTo(1);
  }

  @Test
  void aCommandThatExpectsAVersionMayBeRefusedAndItsTermsTellWhetherItPlaced() {
    List<Command> commands = List.of(expecting(place("p0", 999), 0), PLACE, expecting(CANCEL, 1));

    Expectation second = Oracle.expect(commands, List.of(), List.of(), 0, passed(PENDING, PENDING));
    Expectation first =
        Oracle.expect(
            commands,
            List.of(),
            List.of(),
            0,
            new Oracle.Observed(
                CANCELLED, null, Set.of(PENDING, CANCELLED), 999L, "CNY", null, Enquiries.NONE, 0));

    assertThat(second.dueMinor()).isEqualTo(1200);
    assertThat(second.possible()).containsExactlyInAnyOrder(PENDING, CANCELLED);
    assertThat(second.open()).isEqualTo(Map.of(COMMAND_REFUSED, 2));
    assertThat(first.dueMinor()).isEqualTo(999);
    assertThat(first.open()).isEqualTo(Map.of(COMMAND_REFUSED, 1));
  }

  @Test
  void resolvingWhatWasNeverOpenedIsRefused() {
    Command resolve =
        new Command(
            CommandKind.RESOLVE, "r1", null, null, PaymentPolicy.DEFAULT, null, "X/1", null);
    Oracle.Observed pending = passed(PENDING, PENDING);

    Expectation never =
        Oracle.expect(List.of(PLACE, resolve), List.of(), List.of(), 0, pending, id -> false);
    Expectation opened =
        Oracle.expect(List.of(PLACE, resolve), List.of(), List.of(), 0, pending, "X/1"::equals);

    assertThat(never.open()).isEqualTo(Map.of(COMMAND_REFUSED, 1));
    assertThat(opened.open()).isEmpty();
    assertThat(opened.mostOpen(COMMAND_REFUSED)).as("it may have come before").isEqualTo(1);
  }
}
