package io.paidonce.ledger;

import static io.paidonce.ledger.Inputs.DUE;
import static io.paidonce.ledger.Inputs.ORDER;

import io.paidonce.contract.Answer;
import io.paidonce.contract.OnDeadline;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.PaymentPolicy;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.RefundOutcome;
import java.util.ArrayList;
import java.util.List;

/** What histories are made of. Two providers, since money is counted for each of them. */
final class Alphabet {

  private Alphabet() {}

  /**
   * Payments that fit, that come twice, that do not fit; refunds alone, as totals, stuck and
   * failed; an order placed and cancelled. Where parts pay, the first two are parts that reach what
   * is due.
   */
  static List<OrderInput> money(PaymentPolicy policy) {
    List<OrderInput> inputs = new ArrayList<>(facts(policy));
    inputs.add(Inputs.place("c1", DUE, policy));
    inputs.add(Inputs.cancel("c2"));
    return inputs;
  }

  private static List<OrderInput> facts(PaymentPolicy policy) {
    boolean parts = policy.partialPayments();
    return List.of(
        Inputs.paid("t1", parts ? 700 : DUE),
        Inputs.paidBy("alipay", "t2", parts ? 600 : DUE),
        Inputs.paid("odd", parts ? DUE : 900),
        Inputs.refunded("t1", "r1", 300),
        Inputs.refunded("t1", "r2", parts ? 400 : DUE - 300),
        Inputs.refundedInAllBy("alipay", "t2", RefundFact.FULL, parts ? 600 : DUE),
        Inputs.refund("t1", "r2", RefundOutcome.CLOSED, 400L, null, "CNY", null));
  }

  /** Money, and a deadline that cancels; another deadline than the order's is over before. */
  static List<OrderInput> deadline(PaymentPolicy policy) {
    List<OrderInput> inputs = new ArrayList<>(money(policy.withDeadline(900, OnDeadline.LOCAL)));
    inputs.add(Inputs.due(900));
    inputs.add(Inputs.due(600));
    return inputs;
  }

  /** At least one of each kind of input, and what contradicts or repeats another one. */
  static List<OrderInput> all(PaymentPolicy policy) {
    List<OrderInput> inputs = new ArrayList<>(money(policy));
    // The contradicting payment below fits as little, where it is the first word.
    inputs.removeIf(input -> input.inputId().endsWith(":odd"));
    inputs.add(Inputs.refund("t1", "r1", RefundOutcome.ABNORMAL, 300L, null, "CNY", null));
    inputs.add(Inputs.paid("t1", 7, "CNY", "payee"));
    inputs.add(Inputs.place("c3", DUE + 1));
    inputs.add(Inputs.ship("c4"));
    inputs.add(Inputs.complete("c5"));
    inputs.add(Inputs.resolve("c6", "UNKNOWN_ORDER/" + ORDER + "/wechat:a1:t1"));
    inputs.add(
        Inputs.resolve(
            "c7",
            policy.partialPayments()
                ? "OVERPAYMENT/" + ORDER + "/order"
                : "DOUBLE_PAYMENT/" + ORDER + "/alipay:a1:t2"));
    for (Answer answer : Answer.values()) {
      inputs.add(Inputs.observed(answer, "q" + inputs.size(), inputs.size()));
    }
    inputs.add(Inputs.due());
    inputs.add(Inputs.ask(Inputs.NOW.plusSeconds(30)));
    return inputs;
  }
}
