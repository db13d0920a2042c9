package io.paidonce.ledger;

import static io.paidonce.contract.ExceptionKind.COMMAND_REFUSED;
import static io.paidonce.ledger.Inputs.DUE;
import static io.paidonce.ledger.Inputs.cancel;
import static io.paidonce.ledger.Inputs.complete;
import static io.paidonce.ledger.Inputs.due;
import static io.paidonce.ledger.Inputs.expecting;
import static io.paidonce.ledger.Inputs.observed;
import static io.paidonce.ledger.Inputs.paid;
import static io.paidonce.ledger.Inputs.place;
import static io.paidonce.ledger.Inputs.refunded;
import static io.paidonce.ledger.Inputs.ship;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.Answer;
import io.paidonce.contract.LatePayment;
import io.paidonce.contract.Observation;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.PaymentPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What our own side asks, and what it waits for. */
class CommandsTest {

  @Test
  void aPaidOrderIsShippedAndCompleted() {
    History history = History.of(place("c1", DUE), paid("t1"), ship("c2"), complete("c3"));
    assertThat(history.transitions)
        .extracting(OrderTransition::to)
        .containsExactly(
            OrderStatus.PENDING, OrderStatus.PAID, OrderStatus.SHIPPED, OrderStatus.COMPLETED);
    assertThat(history.paid).hasSize(1);
    assertThat(history.cases).isEmpty();
  }

  @Test
  void shippingAndCompletingAgainIsIgnored() {
    History history =
        History.of(
            place("c1", DUE), paid("t1"), ship("c2"), ship("c3"), complete("c4"), complete("c5"));
    assertThat(history.ignored).isEqualTo(2);
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.COMPLETED);
  }

  @Test
  void whatIsNotPaidIsNotShipped() {
    assertRefused("never placed", ship("c2"));
    assertRefused("not paid", place("c1", DUE), ship("c2"));
    assertRefused("cancelled", place("c1", DUE), cancel("c3"), ship("c2"));
    assertRefused("refunded", place("c1", DUE), paid("t1"), back("t1"), ship("c2"));
  }

  @Test
  void whatIsNotShippedIsNotCompleted() {
    assertRefused("not shipped", place("c1", DUE), paid("t1"), complete("c2"));
  }

  @Test
  void whatIsShippedIsNotCancelled() {
    assertRefused("refund it", place("c1", DUE), paid("t1"), ship("c2"), cancel("c3"));
  }

  @Test
  void aRefundAfterShippingIsMoney() {
    for (List<OrderInput> way : List.of(List.of(ship("c2")), List.of(ship("c2"), complete("c3")))) {
      History history = History.of(place("c1", DUE), paid("t1"));
      way.forEach(history::apply);
      OrderStatus before = history.ledger.status();
      history.apply(refunded("t1", "r1", 200));
      assertThat(history.ledger.status()).isEqualTo(before);
      history.apply(refunded("t1", "r2", DUE - 200));
      assertThat(history.ledger.status()).isEqualTo(OrderStatus.REFUNDED);
      assertThat(history.refunded).hasSize(1);
      assertThat(history.paid).hasSize(1);
    }
  }

  @Test
  void aSecondPaymentOfAShippedOrderIsOwedBack() {
    History history = History.of(place("c1", DUE), paid("t1"), ship("c2"), paid("t2"));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.SHIPPED);
    assertThat(history.open()).containsExactly("DOUBLE_PAYMENT/s1:o1/wechat:a1:t2");
  }

  @Test
  void aCommandOfAnotherVersionIsRefusedWithBoth() {
    History history =
        History.of(place("c1", DUE), paid("t1"), paid("t2"), expecting(ship("c2"), 2));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PAID);
    assertThat(history.cases.get(1).kind()).isEqualTo(COMMAND_REFUSED);
    assertThat(history.cases.get(1).evidence().get("reason")).contains("version 3", "version 2");
    assertThat(history.cases.get(1).evidence()).containsEntry("actor", "shop");
    history.apply(expecting(ship("c3"), 3));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.SHIPPED);
  }

  @Test
  void placingAgainWithAnotherPolicyIsRefused() {
    History history =
        History.of(place("c1", DUE), place("c2", DUE, new PaymentPolicy(true, LatePayment.REVIEW)));
    assertThat(history.kinds()).containsExactly(COMMAND_REFUSED);
    assertThat(history.cases.get(0).evidence().get("reason")).contains("partialPayments=true");
  }

  @Test
  void anAnswerThatIsNoFactIsKeptWhilePaymentIsAwaited() {
    for (Answer answer : Answer.values()) {
      History history = History.of(place("c1", DUE), observed(answer, "q1", 1));
      assertThat(history.ledger.status()).isEqualTo(OrderStatus.PENDING);
      assertThat(history.transitions.get(1).after().observations())
          .extracting(Observation::answer)
          .containsExactly(answer);
      assertThat(history.cases).isEmpty();
    }
  }

  @Test
  void ofAnAccountsAnswersTheNewestIsKept() {
    History history =
        History.of(
            place("c1", DUE),
            observed(Answer.CLOSED, "q2", 60),
            observed(Answer.UNPAID, "q1", 30),
            observed(Answer.CLOSED, "q2", 60));
    assertThat(history.ignored).isEqualTo(2);
    assertThat(history.ledger.observations())
        .extracting(Observation::answer)
        .containsExactly(Answer.CLOSED);
  }

  @Test
  void noAnswerUndoesAFact() {
    for (Answer answer : Answer.values()) {
      History history = History.of(place("c1", DUE), paid("t1"), observed(answer, "q1", 1));
      assertThat(history.ignored).isEqualTo(1);
      assertThat(history.ledger.status()).isEqualTo(OrderStatus.PAID);
    }
  }

  @Test
  void aPaymentAfterTheProviderSaidClosedStillPays() {
    History history =
        History.of(place("c1", DUE), observed(Answer.CLOSED, "q1", 1), due(), paid("t1"));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PAID);
    assertThat(history.ledger.observations()).isEmpty();
    assertThat(history.ledger.dueSince()).isNull();
  }

  @Test
  void aDeadlineIsKeptAndCancelsNothingByItself() {
    History history = History.of(place("c1", DUE), due(), due());
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PENDING);
    assertThat(history.ledger.snapshot().dueSince()).isEqualTo(due().receivedAt());
    assertThat(history.cancelled).isEmpty();
    assertThat(history.ignored).isEqualTo(1);
  }

  private static OrderInput back(String transactionId) {
    return refunded(transactionId, "all", DUE);
  }

  private static void assertRefused(String reason, OrderInput... inputs) {
    History history = History.of(inputs);
    assertThat(history.refused).isEqualTo(1);
    assertThat(history.kinds()).containsExactly(COMMAND_REFUSED);
    assertThat(history.cases.get(0).evidence().get("reason")).contains(reason);
  }
}
