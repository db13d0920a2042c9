package io.paidonce.ledger;

import io.paidonce.contract.ExceptionCase;
import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.ExceptionState;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.RecordCoordinates;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The records of what a person decides. An id is made of what the case is about, so that a replay
 * writes the same one and nobody is asked twice.
 */
final class Cases {

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

  static ExceptionCase refused(OrderCommand command, String reason, OrderInput cause) {
    return of(
        id(ExceptionKind.COMMAND_REFUSED, cause.order(), command.commandId()),
        ExceptionKind.COMMAND_REFUSED,
        ExceptionState.OPEN,
        new KnownCase(1, cause.receivedAt()),
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

  /**
   * The provider contradicts itself; {@code times} is the revision, each contradiction one more.
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
        times,
        kind.suggestedAction(),
        Map.of("identity", identity, "first", first, "now", now),
        openedAt,
        at,
        source);
  }

  /** What led to a case about a payment. */
  static Map<String, String> evidence(
      ExceptionKind kind, @Nullable Terms terms, PaymentFact payment) {
    Map<String, String> evidence = new TreeMap<>();
    evidence.put("transaction", payment.transaction().toString());
    evidence.put("paidMinor", Long.toString(payment.amountMinor()));
    evidence.put("paidCurrency", payment.currency());
    if (terms != null) {
      evidence.put("dueMinor", Long.toString(terms.due().amountMinor()));
      evidence.put("dueCurrency", terms.due().currency());
    }
    if (kind == ExceptionKind.PAYEE_MISMATCH) {
      evidence.put("payee", payment.payee());
      evidence.put("expectedPayee", payment.expectedPayee());
    }
    return evidence;
  }
}
