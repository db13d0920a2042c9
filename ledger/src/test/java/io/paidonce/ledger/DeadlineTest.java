package io.paidonce.ledger;

import static io.paidonce.ledger.Inputs.DUE;
import static io.paidonce.ledger.Inputs.NOW;
import static io.paidonce.ledger.Inputs.ORDER;
import static io.paidonce.ledger.Inputs.cancel;
import static io.paidonce.ledger.Inputs.due;
import static io.paidonce.ledger.Inputs.paid;
import static io.paidonce.ledger.Inputs.place;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.LatePayment;
import io.paidonce.contract.Money;
import io.paidonce.contract.OnDeadline;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.PaymentPolicy;
import io.paidonce.contract.RecordCoordinates;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Until when an order may be paid, and what becomes of it then. */
class DeadlineTest {

  private static final PaymentPolicy LOCAL =
      PaymentPolicy.DEFAULT.withDeadline(900, OnDeadline.LOCAL);
  private static final PaymentPolicy NONE =
      PaymentPolicy.DEFAULT.withDeadline(900, OnDeadline.NONE);
  private static final Wake DUE_AT = new Wake(NOW.plusSeconds(900), Wake.Why.DEADLINE);
  private static final RecordCoordinates AT = new RecordCoordinates("order-commands", 3, 7);

  @Test
  void theShopSaysHowLongWhereTheOrderDoesNot() {
    TimeToPay shop = new TimeToPay(Duration.ofMinutes(30), OnDeadline.LOCAL);
    OrderInput byShop = placed(PaymentPolicy.DEFAULT, shop);
    assertThat(byShop.payBy()).isEqualTo(NOW.plusSeconds(1800));
    assertThat(byShop.onDeadline()).isEqualTo(OnDeadline.LOCAL);
    OrderInput byOrder = placed(PaymentPolicy.DEFAULT.withDeadline(300, OnDeadline.NONE), shop);
    assertThat(byOrder.payBy()).isEqualTo(NOW.plusSeconds(300));
    assertThat(byOrder.onDeadline()).isEqualTo(OnDeadline.NONE);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, 0, 299, 7_776_001})
  void lessThanWeChatsFiveMinutesAndMoreThanNinetyDaysAreRefused(int seconds) {
    assertThatThrownBy(() -> PaymentPolicy.DEFAULT.withDeadline(seconds, OnDeadline.NONE))
        .hasMessageContaining("payWithinSeconds must be 300 to 7776000");
  }

  @Test
  void itIsNotedAndTheOrderWaitsOn() {
    History history = History.of(place("c1", DUE, NONE), due(900));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PENDING);
    assertThat(history.ledger.dueSince()).isEqualTo(NOW.plusSeconds(900));
    assertThat(history.transitions.get(1).at()).isEqualTo(NOW.plusSeconds(907));
    assertThat(history.cases).isEmpty();
    history.apply(paid("t1"));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PAID);
    assertThat(history.cases).isEmpty();
  }

  @Test
  void orTheOrderIsCancelledAndItSaysWhy() {
    History history = History.of(place("c1", DUE, LOCAL), due(900));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.CANCELLED);
    assertThat(history.cancelled)
        .singleElement()
        .satisfies(
            cancelled -> {
              assertThat(cancelled.actor()).isEqualTo("deadline");
              assertThat(cancelled.commandId()).isEqualTo("deadline:s1:o1:2026-01-31T12:15:00Z");
            });
  }

  @ParameterizedTest
  @EnumSource(OnDeadline.class)
  void theSameDeadlineTwiceChangesNothing(OnDeadline then) {
    PaymentPolicy policy = PaymentPolicy.DEFAULT.withDeadline(900, then);
    History history = History.of(place("c1", DUE, policy), due(900));
    OrderLedger once = history.ledger;
    history.apply(due(900));
    assertThat(history.ledger).isEqualTo(once);
    assertThat(history.transitions).hasSize(2);
  }

  @Test
  void anEarlierDeadlineThanTheOrdersIsNotItsOwn() {
    History history = History.of(place("c1", DUE, LOCAL), due(899));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PENDING);
    assertThat(history.ignored).isEqualTo(1);
    assertThat(history.ledger.wake()).isEqualTo(DUE_AT);
  }

  @Test
  void whatIsPaidFirstIsNotCancelled() {
    History history = History.of(place("c1", DUE, LOCAL), paid("t1"));
    assertThat(history.ledger.wake()).isNull();
    history.apply(due(900));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PAID);
    assertThat(history.cancelled).isEmpty();
    assertThat(history.cases).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(LatePayment.class)
  void whatIsPaidAfterwardsIsLateMoney(LatePayment late) {
    PaymentPolicy policy = new PaymentPolicy(false, late).withDeadline(900, OnDeadline.LOCAL);
    History history = History.of(place("c1", DUE, policy), due(900), paid("t1"));
    boolean reopens = late == LatePayment.REOPEN;
    assertThat(history.ledger.status())
        .isEqualTo(reopens ? OrderStatus.PAID : OrderStatus.CANCELLED);
    assertThat(history.kinds().contains(ExceptionKind.LATE_PAYMENT)).isEqualTo(!reopens);
    assertThat(history.requests).hasSize(late == LatePayment.REFUND ? 1 : 0);
  }

  @Test
  void nobodyWaitsForWhatIsDecidedOrHasNoDeadline() {
    assertThat(History.of(place("c1", DUE)).ledger.wake()).isNull();
    assertThat(History.of(place("c1", DUE, LOCAL)).ledger.wake()).isEqualTo(DUE_AT);
    assertThat(History.of(place("c1", DUE, LOCAL), cancel("c2")).ledger.wake()).isNull();
    assertThat(History.of(place("c1", DUE, NONE), due(900)).ledger.wake()).isNull();
    assertThat(History.of(paid("t1"), place("c1", DUE, LOCAL)).ledger.wake()).isNull();
  }

  @Test
  void theDeadlineIsShownWhileItIsAwaited() {
    History history = History.of(place("c1", DUE, LOCAL));
    assertThat(history.ledger.snapshot().payBy()).isEqualTo(NOW.plusSeconds(900));
    history.apply(paid("t1"));
    assertThat(history.ledger.snapshot().payBy()).isNull();
  }

  @Test
  void anotherTimeToPayThanTheOrderWasPlacedWithIsRefusedEvenWhenItHasEnded() throws Exception {
    History history = History.of(place("c1", DUE, LOCAL), due(900));
    assertThat(StoredLedgers.read(ORDER, StoredLedgers.write(history.ledger)))
        .isEqualTo(history.ledger);
    History paid = History.of(place("c1", DUE, LOCAL), paid("t1"));
    paid.apply(place("c2", DUE, LOCAL));
    assertThat(paid.refused).isZero();
    paid.apply(place("c3", DUE, NONE));
    assertThat(paid.refused).isEqualTo(1);
  }

  private static OrderInput placed(PaymentPolicy policy, TimeToPay shop) {
    OrderCommand command =
        OrderCommand.place(ORDER, Money.of(DUE, "CNY"), policy, "c1", "shop", NOW);
    Reception<CommandReceipt> reception = Intake.receive(null, command, shop, NOW, AT);
    assertThat(reception).isInstanceOf(Reception.First.class);
    return ((Reception.First<CommandReceipt>) reception).input();
  }
}
