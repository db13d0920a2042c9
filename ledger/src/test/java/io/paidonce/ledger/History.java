package io.paidonce.ledger;

import io.paidonce.contract.ExceptionCase;
import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.ExceptionState;
import io.paidonce.contract.OrderCancelled;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderPaid;
import io.paidonce.contract.OrderRefunded;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.ProviderRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The fold of some inputs, and everything it said on the way. */
final class History {

  OrderLedger ledger = OrderLedger.unknown(Inputs.ORDER);
  final List<OrderTransition> transitions = new ArrayList<>();
  final List<OrderPaid> paid = new ArrayList<>();
  final List<OrderCancelled> cancelled = new ArrayList<>();
  final List<OrderRefunded> refunded = new ArrayList<>();
  final List<ProviderRequest> requests = new ArrayList<>();
  final List<ExceptionCase> cases = new ArrayList<>();
  int ignored;
  int refused;

  static History of(OrderInput... inputs) {
    return of(List.of(inputs));
  }

  static History of(List<OrderInput> inputs) {
    History history = new History();
    inputs.forEach(history::apply);
    return history;
  }

  void apply(OrderInput input) {
    Decision decision = Ledgers.apply(ledger, input);
    if (decision instanceof Decision.Advance advance) {
      ledger = advance.after();
      transitions.add(advance.transition());
      advance.paid().ifPresent(paid::add);
      advance.cancelled().ifPresent(cancelled::add);
      advance.refunded().ifPresent(refunded::add);
      cases.addAll(advance.cases());
      requests.addAll(advance.requests());
    } else if (decision instanceof Decision.Refuse refuse) {
      refused++;
      cases.add(refuse.opened());
    } else {
      ignored++;
    }
  }

  /** The cases that wait for somebody, refused commands and contradictions by intake apart. */
  Set<String> open() {
    Set<String> open = new TreeSet<>();
    for (ExceptionCase one : cases) {
      if (one.state() == ExceptionState.OPEN) {
        open.add(one.exceptionId());
      } else {
        open.remove(one.exceptionId());
      }
    }
    return open;
  }

  List<ExceptionKind> kinds() {
    return cases.stream().map(ExceptionCase::kind).toList();
  }
}
