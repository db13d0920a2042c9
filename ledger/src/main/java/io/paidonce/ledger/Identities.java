package io.paidonce.ledger;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.Authentication;
import io.paidonce.contract.CommandOutcome;
import io.paidonce.contract.DoublePayment;
import io.paidonce.contract.LatePayment;
import io.paidonce.contract.Observation;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.PaymentPolicy;
import io.paidonce.contract.RefundFact;

/**
 * What makes two deliveries the same thing. An identity names the business fact, never the
 * delivery: timestamps, nonces, signatures and notification ids take no part. It never names the
 * order either: a second transaction for one order is a customer charged twice, not a duplicate.
 */
public final class Identities {

  private Identities() {}

  public static String of(PaymentFact payment) {
    return payment.provider() + ":" + payment.account() + ":payment:" + payment.transactionId();
  }

  /**
   * One refund in one state. A refund that is stuck and one that then succeeds are two facts of one
   * refund. Where the provider states only the total refunded so far, the total takes part: whether
   * a notice that is sent again repeats the old total or the grown one is documented nowhere, and
   * as an identity both are right.
   */
  public static String of(RefundFact refund) {
    String refunded =
        refund.provider()
            + ":"
            + refund.account()
            + ":refund:"
            + refund.transactionId()
            + ":"
            + refund.refundId()
            + ":"
            + refund.outcome();
    return refund.amountMinor() == null ? refunded + ":" + refund.refundedTotalMinor() : refunded;
  }

  /** An unpaid trade that the provider closed; it has no other id than the order's. */
  public static String ofClosedTrade(PaymentNotification notification) {
    return notification.provider()
        + ":"
        + notification.account()
        + ":closed:"
        + notification.orderNo();
  }

  /** The identity of what a notification states. */
  public static String of(PaymentNotification notification) {
    return switch (notification.kind()) {
      case PAYMENT -> of(requireNonNull(notification.payment(), "payment"));
      case REFUND -> {
        String refund = of(requireNonNull(notification.refund(), "refund"));
        // Under the fact's own identity it would make the fact a duplicate, when that is signed.
        yield notification.authentication() == Authentication.UNSIGNED
            ? "unsigned:" + refund
            : refund;
      }
      case TRADE_CLOSED -> ofClosedTrade(notification);
      case OBSERVATION -> of(requireNonNull(notification.observation(), "observation"));
      case UNRECOGNISED ->
          throw new IllegalStateException(
              "what this build does not know has no identity: " + notification.eventType());
    };
  }

  /** A command id is unique within its order: two orders may use the same one. */
  public static String of(OrderCommand command) {
    return CommandOutcome.inputId(command.order(), command.commandId());
  }

  /**
   * What must not differ between two deliveries of one payment: kind, outcome, amount, currency,
   * payee and order number, and nothing else. Readable, because it is shown when it differs.
   */
  public static String fingerprint(PaymentFact payment, String orderNo) {
    return String.join(
        "|",
        "PAYMENT",
        "SUCCEEDED",
        Long.toString(payment.amountMinor()),
        payment.currency(),
        payment.payee(),
        orderNo);
  }

  /** What must not differ between two deliveries of one refund in one state. */
  public static String fingerprint(RefundFact refund, String orderNo) {
    return String.join(
        "|",
        "REFUND",
        refund.outcome().name(),
        String.valueOf(refund.amountMinor()),
        String.valueOf(refund.refundedTotalMinor()),
        refund.currency(),
        orderNo);
  }

  /** What must not differ between two deliveries of what a notification states. */
  public static String fingerprint(PaymentNotification notification) {
    String orderNo = requireNonNull(notification.orderNo(), "orderNo");
    return switch (notification.kind()) {
      case PAYMENT -> fingerprint(requireNonNull(notification.payment(), "payment"), orderNo);
      case REFUND -> fingerprint(requireNonNull(notification.refund(), "refund"), orderNo);
      case OBSERVATION -> fingerprint(requireNonNull(notification.observation()), orderNo);
      case TRADE_CLOSED, UNRECOGNISED -> notification.kind() + "|" + orderNo;
    };
  }

  /** One attempt of one request. */
  public static String of(Observation observation) {
    return "observed:" + observation.requestId() + ":" + observation.attempt();
  }

  /**
   * What must not differ between two answers to one attempt: what it was about, and not what was
   * answered. Whoever carries requests out may do it again after a crash, and be told something
   * newer; the ledger goes by the first.
   */
  private static String fingerprint(Observation observation, String orderNo) {
    return String.join("|", "OBSERVATION", observation.provider(), observation.account(), orderNo);
  }

  /**
   * What must not differ between two commands with one id. What a command does not carry takes no
   * place in it, so that a command which an earlier build remembers is still the same one.
   */
  public static String fingerprint(OrderCommand command) {
    String fingerprint =
        command.kind().name() + "|" + command.amountDueMinor() + "|" + command.currency();
    PaymentPolicy policy = command.policyOrDefault();
    if (policy.partialPayments()) {
      fingerprint += "|partial payments";
    }
    if (policy.latePayment() != LatePayment.REVIEW) {
      fingerprint += "|late payment " + policy.latePayment();
    }
    if (policy.payWithinSeconds() != null) {
      fingerprint += "|pay within " + policy.payWithinSeconds();
    }
    if (policy.onDeadline() != null) {
      fingerprint += "|on deadline " + policy.onDeadline();
    }
    if (policy.doublePayment() != DoublePayment.REVIEW) {
      fingerprint += "|double payment " + policy.doublePayment();
    }
    if (policy.payableAt() != null) {
      fingerprint += "|payable at " + policy.payableAt();
    }
    if (policy.combined() != null) {
      fingerprint += "|combined " + policy.combined();
    }
    if (command.expectedVersion() != null) {
      fingerprint += "|at version " + command.expectedVersion();
    }
    if (command.exceptionId() != null) {
      fingerprint += "|" + command.exceptionId() + "|" + command.exceptionRevision();
    }
    return fingerprint;
  }
}
