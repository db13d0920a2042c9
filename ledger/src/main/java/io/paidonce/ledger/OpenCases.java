package io.paidonce.ledger;

import io.paidonce.contract.ExceptionCase;
import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.ExceptionState;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.RefundOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which exceptions an order must have open: a pure function of what is known of it, never of how it
 * came to be known. What an input opens or heals is the difference between before and after, so no
 * rule has to remember to close what another one opened.
 */
final class OpenCases {

  private final OrderLedger order;
  private final Refunds refunds;
  private final Map<String, Need> needs = new TreeMap<>();

  private OpenCases(OrderLedger order) {
    this.order = order;
    this.refunds = order.refundsOfPayments();
  }

  private record Need(ExceptionKind kind, Map<String, String> evidence) {}

  /** What is known of the cases after an input, and the records that say what changed. */
  record Change(Map<String, KnownCase> known, List<ExceptionCase> records) {}

  /** What changes from one state of an order to the next. */
  static Change between(OrderLedger before, OrderLedger after, OrderInput cause) {
    Map<String, Need> open = needs(before);
    Map<String, Need> needed = needs(after);
    Map<String, KnownCase> known = new TreeMap<>(before.cases());
    List<ExceptionCase> records = new ArrayList<>();
    open.forEach(
        (id, need) -> {
          if (!needed.containsKey(id)) {
            records.add(say(id, need, ExceptionState.RESOLVED, known, cause));
          }
        });
    needed.forEach(
        (id, need) -> {
          if (!open.containsKey(id)) {
            records.add(say(id, need, ExceptionState.OPEN, known, cause));
          }
        });
    return new Change(known, records);
  }

  private static Map<String, Need> needs(OrderLedger order) {
    OpenCases cases = new OpenCases(order);
    order.payments().forEach(cases::ofPayment);
    cases.refunds.outcomes().forEach(cases::ofRefund);
    return cases.needs;
  }

  private static ExceptionCase say(
      String id, Need need, ExceptionState state, Map<String, KnownCase> known, OrderInput cause) {
    KnownCase last = known.get(id);
    // What an earlier build opened it did not note; its first word was the opening.
    long unnoted = state == ExceptionState.RESOLVED ? 2 : 1;
    KnownCase now =
        last == null
            ? new KnownCase(unnoted, cause.receivedAt())
            : new KnownCase(last.revision() + 1, last.openedAt());
    known.put(id, now);
    return Cases.of(id, need.kind(), state, now, need.evidence(), cause);
  }

  private void ofPayment(PaymentFact payment) {
    // Money that went back in full needs nobody any more, whatever it was for.
    if (!refunds.isFull(payment)) {
      Standings.exception(order.terms(), payment, order.payingTransaction(), order.milestone())
          .ifPresent(
              kind ->
                  need(kind, payment.transaction(), Cases.evidence(kind, order.terms(), payment)));
    }
    if (refunds.stated(payment) > payment.amountMinor()) {
      need(
          ExceptionKind.REFUND_EXCEEDS_PAYMENT,
          payment.transaction(),
          Cases.evidence(ExceptionKind.REFUND_EXCEEDS_PAYMENT, order.terms(), payment));
    }
    if (refunds.mismatches(payment)) {
      need(
          ExceptionKind.REFUND_MISMATCH,
          payment.transaction(),
          Cases.evidence(ExceptionKind.REFUND_MISMATCH, order.terms(), payment));
    }
  }

  private void ofRefund(Refunds.Key refund, Set<RefundOutcome> said) {
    PaymentFact payment = order.payment(refund.transaction()).orElse(null);
    boolean succeeded = said.contains(RefundOutcome.SUCCEEDED);
    boolean closed = said.contains(RefundOutcome.CLOSED);
    Map<String, String> evidence =
        Map.of(
            "transaction",
            refund.transaction().toString(),
            "refund",
            refund.refundId(),
            "said",
            said.toString());
    if (succeeded && payment == null) {
      need(ExceptionKind.REFUND_WITHOUT_PAYMENT, refund, evidence);
    }
    if (succeeded && closed) {
      need(ExceptionKind.CONFLICTING_NOTIFICATION, refund, evidence);
    } else if (!succeeded && (payment == null || !refunds.isFull(payment))) {
      need(closed ? ExceptionKind.REFUND_CLOSED : ExceptionKind.REFUND_ABNORMAL, refund, evidence);
    }
  }

  private void need(ExceptionKind kind, Object about, Map<String, String> evidence) {
    needs.put(Cases.id(kind, order.order(), about.toString()), new Need(kind, evidence));
  }
}
