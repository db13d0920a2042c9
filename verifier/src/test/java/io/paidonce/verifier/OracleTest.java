package io.paidonce.verifier;

import static io.paidonce.contract.ExceptionKind.AMOUNT_MISMATCH;
import static io.paidonce.contract.ExceptionKind.COMMAND_REFUSED;
import static io.paidonce.contract.ExceptionKind.CONFLICTING_NOTIFICATION;
import static io.paidonce.contract.ExceptionKind.CURRENCY_MISMATCH;
import static io.paidonce.contract.ExceptionKind.DOUBLE_PAYMENT;
import static io.paidonce.contract.ExceptionKind.LATE_PAYMENT;
import static io.paidonce.contract.ExceptionKind.PAYEE_MISMATCH;
import static io.paidonce.contract.ExceptionKind.UNKNOWN_ORDER;
import static io.paidonce.contract.OrderStatus.CANCELLED;
import static io.paidonce.contract.OrderStatus.PAID;
import static io.paidonce.contract.OrderStatus.PENDING;
import static io.paidonce.contract.OrderStatus.UNPLACED;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.CommandKind;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.TransactionKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OracleTest {

  private static final Command PLACE = place("p1", 1200);
  private static final Command CANCEL = cancel("c1");
  private static final Payment FITS = paid("t1", 1200);
  private static final Payment FITS_TOO = paid("t2", 1200);

  private static Command place(String id, long due) {
    return new Command(CommandKind.PLACE, id, due, "CNY");
  }

  private static Command cancel(String id) {
    return new Command(CommandKind.CANCEL, id, null, null);
  }

  private static Payment paid(String transaction, long amount) {
    return new Payment(key(transaction), amount, "CNY", "mch", "mch");
  }

  private static TransactionKey key(String transaction) {
    return new TransactionKey("wechat", "mch", transaction);
  }

  private static Expectation expect(
      List<Command> commands, List<Payment> payments, OrderStatus observed) {
    return Oracle.expect(commands, payments, Set.of(), observed);
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
    assertThat(order.money()).isEqualTo(Map.of("CNY", new Sums(1200, 0, 0)));
    assertThat(order.open()).isEmpty();
  }

  @Test
  void ofTwoFittingPaymentsEitherPaysAndTheOtherIsOwedBackInFull() {
    Expectation order = expect(List.of(PLACE), List.of(FITS, FITS_TOO), PAID);

    assertThat(order.fitting())
        .containsExactlyInAnyOrder(FITS.transaction(), FITS_TOO.transaction());
    assertThat(order.money()).isEqualTo(Map.of("CNY", new Sums(1200, 1200, 0)));
    assertThat(order.open()).isEqualTo(Map.of(DOUBLE_PAYMENT, 1));
  }

  @Test
  void moneyForAnOrderNeverPlacedIsInSuspenseOneCaseATransaction() {
    Expectation order = expect(List.of(), List.of(FITS, FITS_TOO), UNPLACED);

    assertThat(order.known()).isTrue();
    assertThat(order.possible()).containsExactly(UNPLACED);
    assertThat(order.money()).isEqualTo(Map.of("CNY", new Sums(0, 0, 2400)));
    assertThat(order.open()).isEqualTo(Map.of(UNKNOWN_ORDER, 2));
  }

  @Test
  void aMismatchDoesNotPay() {
    Payment otherAmount = paid("t1", 1199);

    Expectation order = expect(List.of(PLACE), List.of(otherAmount), PENDING);

    assertThat(order.possible()).containsExactly(PENDING);
    assertThat(order.fitting()).isEmpty();
    assertThat(order.money()).isEqualTo(Map.of("CNY", new Sums(0, 0, 1199)));
    assertThat(order.open()).isEqualTo(Map.of(AMOUNT_MISMATCH, 1));
  }

  @Test
  void aPaymentHasOneMismatchPayeeBeforeCurrencyBeforeAmount() {
    Payment allWrong = new Payment(key("t1"), 1, "USD", "other", "mch");
    Payment moneyWrong = new Payment(key("t2"), 1, "USD", "mch", "mch");

    Expectation order = expect(List.of(PLACE), List.of(allWrong, moneyWrong), PENDING);

    assertThat(order.open()).isEqualTo(Map.of(PAYEE_MISMATCH, 1, CURRENCY_MISMATCH, 1));
    assertThat(order.money()).isEqualTo(Map.of("USD", new Sums(0, 0, 2)));
  }

  @Test
  void aMismatchStaysInSuspenseBesideAPaymentAndAfterACancel() {
    Payment otherAmount = paid("t3", 5);

    Expectation paidOrder = expect(List.of(PLACE), List.of(otherAmount, FITS), PAID);
    Expectation cancelled = expect(List.of(PLACE, CANCEL), List.of(otherAmount), CANCELLED);

    assertThat(paidOrder.money()).isEqualTo(Map.of("CNY", new Sums(1200, 0, 5)));
    assertThat(paidOrder.open()).isEqualTo(Map.of(AMOUNT_MISMATCH, 1));
    assertThat(cancelled.money()).isEqualTo(Map.of("CNY", new Sums(0, 0, 5)));
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
    assertThat(cancelled.money()).isEqualTo(Map.of("CNY", new Sums(0, 2400, 0)));
    assertThat(cancelled.open()).isEqualTo(Map.of(LATE_PAYMENT, 2));
    assertThat(paidOrder.money()).isEqualTo(Map.of("CNY", new Sums(1200, 1200, 0)));
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
        Oracle.expect(List.of(PLACE), List.of(FITS), Set.of(FITS.transaction()), PAID);

    assertThat(order.possible()).containsExactly(PAID);
    assertThat(order.open()).isEqualTo(Map.of(CONFLICTING_NOTIFICATION, 1));
  }

  @Test
  void whatMustBeTrueDoesNotDependOnTheOrderOfPayments() {
    List<Payment> payments =
        new ArrayList<>(List.of(FITS, FITS_TOO, paid("t3", 7), paid("t4", 1200)));
    Expectation forwards = expect(List.of(PLACE), payments, PAID);
    Collections.reverse(payments);

    assertThat(expect(List.of(PLACE), payments, PAID)).isEqualTo(forwards);
  }
}
