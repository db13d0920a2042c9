package io.paidonce.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.ExceptionCase;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.OrderTransition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every sequence of up to six inputs: 137,257 histories, each with its promises. */
class EveryShortHistoryTest {

  private static final int LONGEST = 6;
  private static final List<OrderInput> ALPHABET =
      List.of(
          Inputs.place("c1", Inputs.DUE),
          Inputs.place("c2", Inputs.DUE + 1),
          Inputs.cancel("c3"),
          Inputs.paid("t1"),
          Inputs.paid("t2"),
          Inputs.paid("short", 1, "CNY", "payee"),
          Inputs.paid("t1", 7, "CNY", "payee"));

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
    require(
        history.paid.isEmpty() == (history.ledger.status() != OrderStatus.PAID),
        "PAID exactly with order-paid",
        inputs);
    long version = 0;
    OrderStatus status = OrderStatus.UNPLACED;
    for (OrderTransition transition : history.transitions) {
      require(transition.version() == ++version, "versions without gap", inputs);
      require(transition.from() == status, "each transition starts where the last ended", inputs);
      require(
          (status != OrderStatus.PAID && status != OrderStatus.CANCELLED)
              || transition.to() == status,
          "a milestone is not taken back",
          inputs);
      status = transition.to();
    }
    require(
        history.transitions.size() + history.ignored + history.refused == inputs.size(),
        "every input ends in exactly one decision",
        inputs);
    Map<String, Long> revisions = new HashMap<>();
    for (ExceptionCase opened : history.cases) {
      boolean repeated = opened.evidence().containsKey("commandId");
      Long before = revisions.put(opened.exceptionId(), opened.revision());
      require(
          repeated
              || opened.revision() == (before == null ? 1 : before + 1)
              || opened.exceptionId().startsWith("CONFLICTING_NOTIFICATION"),
          "revisions of a case without gap",
          inputs);
    }
  }

  private static void require(boolean holds, String promise, List<OrderInput> inputs) {
    if (!holds) {
      throw new AssertionError(promise + ": " + inputs);
    }
  }
}
