package io.paidonce.ledger;

import static io.paidonce.contract.OrderStatus.REFUNDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.Balance;
import io.paidonce.contract.ExceptionCase;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderPayment;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.RefundOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every sequence of up to five of thirteen inputs: 402,234 histories, each with its promises. */
class EveryShortHistoryTest {

  private static final int LONGEST = 5;
  private static final List<OrderInput> ALPHABET =
      List.of(
          Inputs.place("c1", Inputs.DUE),
          Inputs.place("c2", Inputs.DUE + 1),
          Inputs.cancel("c3"),
          Inputs.paid("t1"),
          Inputs.paid("t2"),
          Inputs.paid("short", 1, "CNY", "payee"),
          Inputs.paid("t1", 7, "CNY", "payee"),
          Inputs.refunded("t1", "half", Inputs.DUE / 2),
          Inputs.refunded("t1", "rest", Inputs.DUE / 2),
          Inputs.refunded("t1", "more", Inputs.DUE),
          Inputs.refundedInAll("t2", RefundFact.FULL, Inputs.DUE),
          Inputs.refund("t1", "half", RefundOutcome.ABNORMAL, 600L, null, "CNY", null),
          Inputs.refund("t1", "half", RefundOutcome.CLOSED, 600L, null, "CNY", null));

  @Test
  void everyHistoryKeepsItsPromises() {
    int histories = explore(new ArrayList<>());
    int expected = 0;
    for (int length = 0, count = 1; length <= LONGEST; length++, count *= ALPHABET.size()) {
      expected += count;
    }
    assertThat(histories).isEqualTo(expected);
  }

  private static int explore(List<OrderInput> prefix) {
    check(prefix);
    int histories = 1;
    if (prefix.size() < LONGEST) {
      for (OrderInput next : ALPHABET) {
        prefix.add(next);
        histories += explore(prefix);
        prefix.remove(prefix.size() - 1);
      }
    }
    return histories;
  }

  private static void check(List<OrderInput> inputs) {
    History history = History.of(inputs);
    require(history.paid.size() <= 1, "order-paid at most once", inputs);
    require(history.cancelled.size() <= 1, "order-cancelled at most once", inputs);
    require(
        history.paid.isEmpty() || history.cancelled.isEmpty(), "never paid and cancelled", inputs);
    require(history.refunded.size() <= 1, "order-refunded at most once", inputs);
    require(
        history.ledger.status() != OrderStatus.PAID || !history.paid.isEmpty(),
        "PAID only with order-paid",
        inputs);
    require(
        history.paid.isEmpty() || isOneOf(history.ledger.status(), OrderStatus.PAID, REFUNDED),
        "order-paid only of what is paid or was",
        inputs);
    require(
        history.refunded.isEmpty() == (history.ledger.status() != REFUNDED),
        "REFUNDED exactly with order-refunded",
        inputs);
    long version = 0;
    OrderStatus status = OrderStatus.UNPLACED;
    for (OrderTransition transition : history.transitions) {
      require(transition.version() == ++version, "versions without gap", inputs);
      require(transition.from() == status, "each transition starts where the last ended", inputs);
      require(
          isOneOf(status, OrderStatus.UNPLACED, OrderStatus.PENDING)
              || transition.to() == status
              || (status == OrderStatus.PAID && transition.to() == REFUNDED),
          "a milestone is not taken back",
          inputs);
      status = transition.to();
    }
    require(
        history.transitions.size() + history.ignored + history.refused == inputs.size(),
        "every input ends in exactly one decision",
        inputs);
    checkMoney(history.ledger, inputs);
    Map<String, Long> revisions = new HashMap<>();
    for (ExceptionCase opened : history.cases) {
      boolean repeated = opened.evidence().containsKey("commandId");
      Long before = revisions.put(opened.exceptionId(), opened.revision());
      require(
          repeated
              || opened.revision() == (before == null ? 1 : before + 1)
              || opened.exceptionId().contains("@"),
          "revisions of a case without gap",
          inputs);
    }
  }

  private static void checkMoney(OrderLedger ledger, List<OrderInput> inputs) {
    for (OrderPayment payment : ledger.snapshot().payments()) {
      require(
          payment.refundedMinor() >= 0 && payment.refundedMinor() <= payment.fact().amountMinor(),
          "refunds never exceed their payment",
          inputs);
    }
    if (ledger.status() == REFUNDED) {
      for (Balance balance : ledger.snapshot().balances()) {
        require(balance.appliedMinor() == 0, "of a refunded order nothing is kept", inputs);
      }
    }
  }

  private static boolean isOneOf(OrderStatus status, OrderStatus one, OrderStatus other) {
    return status == one || status == other;
  }

  private static void require(boolean holds, String promise, List<OrderInput> inputs) {
    if (!holds) {
      throw new AssertionError(promise + ": " + inputs);
    }
  }
}
