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

  private static final long OPENED = 1;
  private static final long HEALED = 2;

  private Cases() {}

  static String id(ExceptionKind kind, OrderKey order, String about) {
    return kind + "/" + order + "/" + about;
  }

  /** A payment that does not pay its order. */
  static ExceptionCase ofPayment(
      ExceptionKind kind, @Nullable Terms terms, PaymentFact payment, OrderInput cause) {
    Map<String, String> evidence = evidence(payment);
    if (terms != null) {
      evidence.put("dueMinor", Long.toString(terms.due().amountMinor()));
      evidence.put("dueCurrency", terms.due().currency());
    }
    if (kind == ExceptionKind.PAYEE_MISMATCH) {
      evidence.put("payee", payment.payee());
      evidence.put("expectedPayee", payment.expectedPayee());
    }
    return one(
        kind,
        cause,
        payment.transaction().toString(),
        ExceptionState.OPEN,
        OPENED,
        evidence,
        cause.receivedAt());
  }

  /** A payment that waited for its order, and the order came. */
  static ExceptionCase healed(PaymentFact payment, OrderInput cause) {
    return one(
        ExceptionKind.UNKNOWN_ORDER,
        cause,
        payment.transaction().toString(),
        ExceptionState.RESOLVED,
        HEALED,
        evidence(payment),
        payment.receivedAt());
  }

  static ExceptionCase refused(OrderCommand command, String reason, OrderInput cause) {
    return one(
        ExceptionKind.COMMAND_REFUSED,
        cause,
        command.commandId(),
        ExceptionState.OPEN,
        OPENED,
        Map.of(
            "commandId",
            command.commandId(),
            "command",
            command.kind().name(),
            "actor",
            command.actor(),
            "reason",
            reason),
        cause.receivedAt());
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

  private static Map<String, String> evidence(PaymentFact payment) {
    Map<String, String> evidence = new TreeMap<>();
    evidence.put("transaction", payment.transaction().toString());
    evidence.put("paidMinor", Long.toString(payment.amountMinor()));
    evidence.put("paidCurrency", payment.currency());
    return evidence;
  }

  private static ExceptionCase one(
      ExceptionKind kind,
      OrderInput cause,
      String about,
      ExceptionState state,
      long revision,
      Map<String, String> evidence,
      Instant openedAt) {
    return new ExceptionCase(
        ExceptionCase.SCHEMA,
        id(kind, cause.order(), about),
        kind,
        cause.shop(),
        cause.orderNo(),
        state,
        revision,
        kind.suggestedAction(),
        evidence,
        openedAt,
        cause.receivedAt(),
        cause.source());
  }
}
