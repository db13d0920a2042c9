package io.paidonce.ledger;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.ExceptionCase;
import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.ExceptionState;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderPayment;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.RefundOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which exceptions an order needs: a pure function of what is known of it, never of how it came to
 * be known. What an input opens, adds to or heals is the difference between before and after, so no
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

  /** Why a person is needed, and what the case is about. */
  record Need(ExceptionKind kind, Map<String, String> evidence) {}

  /** What is known of the cases after an input, and the records that say what changed. */
  record Change(Map<String, KnownCase> known, List<ExceptionCase> records) {}

  /** What changes from one state of an order to the next. */
  static Change between(OrderLedger before, OrderLedger after, OrderInput cause) {
    if (needsNobody(before) && needsNobody(after)) {
      return new Change(before.cases(), List.of());
    }
    Map<String, Need> open = of(before);
    Map<String, Need> needed = of(after);
    if (open.equals(needed)) {
      return new Change(before.cases(), List.of());
    }
    Map<String, KnownCase> known = new TreeMap<>(before.cases());
    List<ExceptionCase> records = new ArrayList<>();
    open.forEach(
        (id, need) -> {
          if (!needed.containsKey(id) && !isByHand(known, id)) {
            records.add(say(id, need, ExceptionState.RESOLVED, known, cause));
          }
        });
    needed.forEach(
        (id, need) -> {
          if (isNews(open.get(id), need, isByHand(known, id))) {
            records.add(say(id, need, ExceptionState.OPEN, known, cause));
          }
        });
    return new Change(known, records);
  }

  /** The needs of an order, by the id of their cases. */
  static Map<String, Need> of(OrderLedger order) {
    OpenCases cases = new OpenCases(order);
    order.payments().forEach(cases::ofPayment);
    cases.ofPayments();
    cases.refunds.outcomes().forEach(cases::ofRefund);
    return cases.needs;
  }

  /**
   * A person's decision about a case that is needed.
   *
   * @param id one of {@link #of}
   */
  static Change resolved(OrderLedger order, String id, Need need, OrderInput cause) {
    OrderCommand command = requireNonNull(cause.command(), "command");
    KnownCase last = order.cases().get(id);
    KnownCase now = last == null ? new KnownCase(2, cause.receivedAt(), true) : last.next(true);
    Map<String, KnownCase> known = new TreeMap<>(order.cases());
    known.put(id, now);
    return new Change(
        known,
        List.of(
            Cases.of(
                id,
                need.kind(),
                ExceptionState.RESOLVED,
                now,
                Cases.decided(need.evidence(), command),
                cause)));
  }

  // Most orders: one payment, of just what is due, or none. Nothing is computed for them.
  private static boolean needsNobody(OrderLedger order) {
    if (!order.refunds().isEmpty()) {
      return false;
    }
    if (order.payments().isEmpty()) {
      return true;
    }
    Terms terms = order.terms();
    PaymentFact first = order.payments().get(0);
    return order.payments().size() == 1
        && terms != null
        && first.amountMinor() == terms.due().amountMinor()
        && first.transaction().equals(order.payingTransaction());
  }

  // What a person has decided about is asked again only when there is more to it: a refund on its
  // way makes it less.
  private static boolean isNews(@Nullable Need before, Need now, boolean byHand) {
    if (before == null) {
      return true;
    }
    return byHand
        ? !Cases.withoutRefunds(before.evidence()).equals(Cases.withoutRefunds(now.evidence()))
        : !before.evidence().equals(now.evidence());
  }

  private static boolean isByHand(Map<String, KnownCase> known, String id) {
    KnownCase one = known.get(id);
    return one != null && one.byHand();
  }

  private static ExceptionCase say(
      String id, Need need, ExceptionState state, Map<String, KnownCase> known, OrderInput cause) {
    KnownCase last = known.get(id);
    // What an earlier build opened it did not note; its first word was the opening.
    long unnoted = state == ExceptionState.RESOLVED ? 2 : 1;
    KnownCase now =
        last == null ? new KnownCase(unnoted, cause.receivedAt(), false) : last.next(false);
    known.put(id, now);
    return Cases.of(id, need.kind(), state, now, need.evidence(), cause);
  }

  private void ofPayment(PaymentFact payment) {
    // Money that went back in full needs nobody any more, whatever it was for.
    ExceptionKind kind = refunds.isFull(payment) ? null : Standings.exception(order, payment);
    if (kind != null) {
      need(kind, payment.transaction(), evidence(kind, payment));
    }
    if (refunds.stated(payment) > payment.amountMinor()) {
      need(
          ExceptionKind.REFUND_EXCEEDS_PAYMENT,
          payment.transaction(),
          evidence(ExceptionKind.REFUND_EXCEEDS_PAYMENT, payment));
    }
    if (refunds.mismatches(payment)) {
      need(
          ExceptionKind.REFUND_MISMATCH,
          payment.transaction(),
          evidence(ExceptionKind.REFUND_MISMATCH, payment));
    }
  }

  private Map<String, String> evidence(ExceptionKind kind, PaymentFact payment) {
    return Cases.evidence(kind, order, payment, refunds.stated(payment));
  }

  /** What the payments of an order need together, where several may pay it. */
  private void ofPayments() {
    Terms terms = order.terms();
    if (terms == null || !terms.partialPayments() || order.payments().isEmpty()) {
      return;
    }
    long paid = 0;
    long kept = 0;
    long counting = 0;
    for (PaymentFact payment : order.payments()) {
      if (Standings.mismatch(terms, payment) == null) {
        paid += payment.amountMinor();
        kept += payment.amountMinor() - refunds.of(payment);
        counting += refunds.isFull(payment) ? 0 : payment.amountMinor();
      }
    }
    long excess = 0;
    StringBuilder of = new StringBuilder();
    for (OrderPayment one : Standings.of(order)) {
      if (one.owedBackMinor() > 0) {
        excess += one.owedBackMinor();
        of.append(of.length() == 0 ? "" : " ").append(one.fact().transaction());
      }
    }
    long due = terms.due().amountMinor();
    if (excess > 0 && order.milestone() != Milestone.ORDER_CANCELLED) {
      need(
          ExceptionKind.OVERPAYMENT,
          "order",
          Cases.evidenceOfParts(terms, paid, kept, excess, of.toString()));
    }
    // The milestones without ORDER_REFUNDED and ORDER_CANCELLED: after those nothing is missing.
    boolean isWanted =
        order.milestone() == Milestone.NONE || order.milestone() == Milestone.ORDER_PAID;
    if (isWanted && paid >= due && counting < due && counting > 0) {
      need(ExceptionKind.UNDERPAID, "order", Cases.evidenceOfParts(terms, paid, kept, 0, ""));
    }
  }

  private void ofRefund(Refunds.Key refund, Set<RefundOutcome> said) {
    PaymentFact payment = order.payment(refund.transaction());
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
