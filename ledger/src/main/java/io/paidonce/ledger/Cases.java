package io.paidonce.ledger;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.ExceptionCase;
import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.ExceptionState;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.RecordCoordinates;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The records of what a person decides. An id is made of what the case is about, so that a replay
 * writes the same one and nobody is asked twice.
 */
final class Cases {

  private static final String REFUNDED = "refundedMinor";
  private static final String EXCESS = "excessMinor";
  private static final String EXCESS_OF = "excessOf";
  private static final Set<String> WITH_REFUNDS = Set.of(REFUNDED, EXCESS, EXCESS_OF);

  private Cases() {}

  static String id(ExceptionKind kind, OrderKey order, String about) {
    return kind + "/" + order + "/" + about;
  }

  /** A case that follows from what is known of the order. */
  static ExceptionCase of(
      String id,
      ExceptionKind kind,
      ExceptionState state,
      KnownCase now,
      Map<String, String> evidence,
      OrderInput cause) {
    return new ExceptionCase(
        ExceptionCase.SCHEMA,
        id,
        kind,
        cause.shop(),
        cause.orderNo(),
        state,
        now.revision(),
        kind.suggestedAction(),
        evidence,
        now.openedAt(),
        cause.receivedAt(),
        cause.source());
  }

  /** 1, 3, 5, … */
  static long oddRevision(long times) {
    return 2 * times - 1;
  }

  static ExceptionCase refused(OrderCommand command, String reason, OrderInput cause) {
    return of(
        id(ExceptionKind.COMMAND_REFUSED, cause.order(), command.commandId()),
        ExceptionKind.COMMAND_REFUSED,
        ExceptionState.OPEN,
        KnownCase.first(cause.receivedAt()),
        Map.of(
            "commandId",
            command.commandId(),
            "command",
            command.kind().name(),
            "actor",
            command.actor(),
            "reason",
            reason),
        cause);
  }

  /** Why a command was refused, of a case that says so. */
  static String reason(ExceptionCase refused) {
    return refused.evidence().getOrDefault("reason", refused.kind().sentence());
  }

  /**
   * The provider contradicts itself, for the {@code times}-th time. The revisions are odd, so that
   * a resolution by the ledger, which does not count along, fits between two of them.
   */
  static ExceptionCase conflicting(
      OrderKey order,
      String identity,
      String first,
      String now,
      long times,
      Instant openedAt,
      Instant at,
      RecordCoordinates source) {
    ExceptionKind kind = ExceptionKind.CONFLICTING_NOTIFICATION;
    return new ExceptionCase(
        ExceptionCase.SCHEMA,
        id(kind, order, identity),
        kind,
        order.shop(),
        order.orderNo(),
        ExceptionState.OPEN,
        oddRevision(times),
        kind.suggestedAction(),
        Map.of("identity", identity, "first", first, "now", now),
        openedAt,
        at,
        source);
  }

  /**
   * Whether a case is of those that no ledger holds: a refused command, or a contradiction that
   * intake or the second guard met. They change no order.
   */
  static boolean isOpenedElsewhere(String id, OrderKey order) {
    return id.startsWith(id(ExceptionKind.COMMAND_REFUSED, order, ""))
        || id.startsWith(id(ExceptionKind.CONFLICTING_NOTIFICATION, order, ""));
  }

  /** A person's decision about a case that no ledger holds, by the revision that was seen of it. */
  static OpenCases.Change resolvedElsewhere(
      OrderLedger order, String id, long seen, OrderInput cause) {
    KnownCase now = new KnownCase(seen + 1, cause.receivedAt(), true);
    Map<String, KnownCase> known = new TreeMap<>(order.cases());
    known.put(id, now);
    ExceptionKind kind = ExceptionKind.valueOf(id.substring(0, id.indexOf('/')));
    Map<String, String> evidence = decided(Map.of(), requireNonNull(cause.command(), "command"));
    return new OpenCases.Change(
        known, List.of(of(id, kind, ExceptionState.RESOLVED, now, evidence, cause)));
  }

  /** What led to a case about a payment. */
  static Map<String, String> evidence(
      ExceptionKind kind, OrderLedger order, PaymentFact payment, long refundedMinor) {
    Map<String, String> evidence = new TreeMap<>();
    evidence.put("transaction", payment.transaction().toString());
    evidence.put("paidMinor", Long.toString(payment.amountMinor()));
    evidence.put("paidCurrency", payment.currency());
    if (refundedMinor > 0) {
      evidence.put(REFUNDED, Long.toString(refundedMinor));
    }
    Terms terms = order.terms();
    if (terms != null) {
      evidence.put("dueMinor", Long.toString(terms.due().amountMinor()));
      evidence.put("dueCurrency", terms.due().currency());
    }
    if (kind == ExceptionKind.PAYEE_MISMATCH) {
      evidence.put("payee", payment.payee());
      evidence.put("expectedPayee", payment.expectedPayee());
    }
    if (kind == ExceptionKind.LATE_PAYMENT && terms != null) {
      evidence.put("policy", terms.policy().latePayment().name());
    }
    if (OwedRefunds.areAskedFor(order, kind)) {
      evidence.put("refundNo", OwedRefunds.number(payment.transaction(), kind));
    }
    return evidence;
  }

  /** What led to a case about all payments of an order. */
  static Map<String, String> evidenceOfParts(
      Terms terms, long paidMinor, long keptMinor, long excessMinor, String excessOf) {
    Map<String, String> evidence = new TreeMap<>();
    evidence.put("dueMinor", Long.toString(terms.due().amountMinor()));
    evidence.put("dueCurrency", terms.due().currency());
    evidence.put("paidMinor", Long.toString(paidMinor));
    if (paidMinor != keptMinor) {
      evidence.put(REFUNDED, Long.toString(paidMinor - keptMinor));
    }
    if (excessMinor > 0) {
      evidence.put(EXCESS, Long.toString(excessMinor));
      evidence.put(EXCESS_OF, excessOf);
    }
    return evidence;
  }

  /** The same evidence, whatever went back meanwhile. */
  static Map<String, String> withoutRefunds(Map<String, String> evidence) {
    Map<String, String> rest = new TreeMap<>(evidence);
    rest.keySet().removeAll(WITH_REFUNDS);
    return rest;
  }

  /** The evidence of a case with what a person decided about it. */
  static Map<String, String> decided(Map<String, String> evidence, OrderCommand command) {
    Map<String, String> decided = new TreeMap<>(evidence);
    decided.put("resolvedBy", command.actor());
    decided.put("resolution", String.valueOf(command.reason()));
    return decided;
  }
}
