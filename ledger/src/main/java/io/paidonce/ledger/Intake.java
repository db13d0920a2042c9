package io.paidonce.ledger;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.Authentication;
import io.paidonce.contract.ExceptionCase;
import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.ExceptionState;
import io.paidonce.contract.InputKind;
import io.paidonce.contract.NotificationReceipt;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.PaymentPolicy;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.RequestKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first guard: of every fact and command exactly one passes on, however often it comes. What
 * says something else under a known identity is an exception and never a second fact.
 */
public final class Intake {

  // Enough for a rotation with several live keys; a receipt must not grow with the deliveries.
  private static final int MOST_KEY_IDS = 8;
  private static final String CONFIRMATION = "confirm:";

  // As long as the provider itself would repeat the notice.
  private static final Duration CONFIRM_WITHIN = Duration.ofHours(24);

  private Intake() {}

  /**
   * Judges one notification.
   *
   * @param known what is remembered of this identity; null where it is new
   * @param notification of a kind that this build knows
   * @param at where it stands in the log
   */
  public static Reception<NotificationReceipt> receive(
      @Nullable NotificationReceipt known, PaymentNotification notification, RecordCoordinates at) {
    String fingerprint = Identities.fingerprint(notification);
    if (known == null) {
      NotificationReceipt receipt = firstReceipt(notification, fingerprint, at);
      InputKind kind = inputKind(notification).orElse(null);
      return kind == null
          ? new Reception.Noted<>(receipt)
          : new Reception.First<>(receipt, input(notification, kind, at));
    }
    // What is not signed contradicts nothing.
    boolean same = isUnsigned(notification) || known.fingerprint().equals(fingerprint);
    NotificationReceipt receipt = again(known, notification, same);
    return same
        ? new Reception.Duplicate<>(receipt)
        : new Reception.Conflict<>(receipt, conflict(receipt, notification, fingerprint, at));
  }

  /**
   * Judges one command.
   *
   * @param known what is remembered of this command id; null where it is new
   * @param timeToPay of its shop, where the command does not say
   * @param receivedAt our clock when the log took it
   * @param at where it stands in the log
   */
  public static Reception<CommandReceipt> receive(
      @Nullable CommandReceipt known,
      OrderCommand command,
      TimeToPay timeToPay,
      Instant receivedAt,
      RecordCoordinates at) {
    String fingerprint = Identities.fingerprint(command);
    if (known == null) {
      return new Reception.First<>(
          new CommandReceipt(fingerprint, at, 0, null), input(command, timeToPay, receivedAt, at));
    }
    if (known.fingerprint().equals(fingerprint)) {
      return new Reception.Duplicate<>(known);
    }
    Instant firstConflictAt =
        known.firstConflictAt() == null ? receivedAt : known.firstConflictAt();
    CommandReceipt receipt =
        new CommandReceipt(
            known.fingerprint(), known.first(), known.conflicts() + 1, firstConflictAt);
    return new Reception.Conflict<>(
        receipt,
        new ExceptionCase(
            ExceptionCase.SCHEMA,
            Cases.id(
                ExceptionKind.COMMAND_REFUSED, command.order(), command.commandId() + "/again"),
            ExceptionKind.COMMAND_REFUSED,
            command.shop(),
            command.orderNo(),
            ExceptionState.OPEN,
            Cases.oddRevision(receipt.conflicts()),
            ExceptionKind.COMMAND_REFUSED.suggestedAction(),
            Map.of(
                "commandId",
                command.commandId(),
                "actor",
                command.actor(),
                "reason",
                "IDEMPOTENCY_CONFLICT: this command id was used before with other content",
                "first",
                known.fingerprint(),
                "now",
                fingerprint),
            firstConflictAt,
            receivedAt,
            at));
  }

  private static NotificationReceipt firstReceipt(
      PaymentNotification notification, String fingerprint, RecordCoordinates at) {
    return new NotificationReceipt(
        NotificationReceipt.SCHEMA,
        Identities.of(notification),
        notification.shop(),
        notification.orderNo(),
        fingerprint,
        1,
        0,
        null,
        notification.receivedAt(),
        notification.receivedAt(),
        List.of(notification.witness()),
        List.of(notification.evidence().keyId()),
        at,
        1);
  }

  private static NotificationReceipt again(
      NotificationReceipt known, PaymentNotification notification, boolean same) {
    Instant now = notification.receivedAt();
    Instant firstConflictAt =
        same || known.firstConflictAt() != null ? known.firstConflictAt() : now;
    return new NotificationReceipt(
        NotificationReceipt.SCHEMA,
        known.identity(),
        known.shop(),
        known.orderNo(),
        known.fingerprint(),
        known.deliveries() + 1,
        known.conflicts() + (same ? 0 : 1),
        firstConflictAt,
        // Two gateways' clocks may differ: the bounds hold whatever the order of arrival.
        now.isBefore(known.firstReceivedAt()) ? now : known.firstReceivedAt(),
        now.isAfter(known.lastReceivedAt()) ? now : known.lastReceivedAt(),
        with(known.witnesses(), notification.witness(), Integer.MAX_VALUE),
        with(known.keyIds(), notification.evidence().keyId(), MOST_KEY_IDS),
        known.first(),
        known.revision() + 1);
  }

  private static <T> List<T> with(List<T> known, T value, int most) {
    if (known.contains(value) || known.size() >= most) {
      return known;
    }
    List<T> grown = new ArrayList<>(known);
    grown.add(value);
    return grown;
  }

  private static ExceptionCase conflict(
      NotificationReceipt receipt,
      PaymentNotification notification,
      String fingerprint,
      RecordCoordinates at) {
    OrderKey order = new OrderKey(receipt.shop(), requireNonNull(receipt.orderNo(), "orderNo"));
    return Cases.conflicting(
        order,
        receipt.identity(),
        receipt.fingerprint(),
        fingerprint,
        receipt.conflicts(),
        requireNonNull(receipt.firstConflictAt(), "firstConflictAt"),
        notification.receivedAt(),
        at);
  }

  /** Whether a request is one of {@link #confirmation}, and not the ledger's. */
  public static boolean isConfirmation(String requestId) {
    return requestId.startsWith(CONFIRMATION);
  }

  /**
   * The question whose signed answer is the fact that an unsigned notice only claims; empty of
   * every other notification.
   */
  public static Optional<ProviderRequest> confirmation(PaymentNotification notification) {
    RefundFact claimed = notification.refund();
    if (!isUnsigned(notification) || claimed == null) {
      return Optional.empty();
    }
    return Optional.of(
        new ProviderRequest(
            ProviderRequest.SCHEMA,
            CONFIRMATION + Identities.of(claimed),
            RequestKind.QUERY_REFUND,
            notification.shop(),
            requireNonNull(notification.orderNo(), "orderNo"),
            claimed.provider(),
            claimed.account(),
            claimed.transactionId(),
            requireNonNull(claimed.merchantRefundNo(), "merchantRefundNo"),
            null,
            null,
            null,
            "a notice that nobody signed says that this refund is " + claimed.outcome(),
            1,
            0,
            notification.receivedAt(),
            notification.receivedAt().plus(CONFIRM_WITHIN)));
  }

  private static boolean isUnsigned(PaymentNotification notification) {
    return notification.authentication() == Authentication.UNSIGNED;
  }

  private static Optional<InputKind> inputKind(PaymentNotification notification) {
    if (isUnsigned(notification)) {
      return Optional.empty();
    }
    return switch (notification.kind()) {
      case PAYMENT -> Optional.of(InputKind.PAYMENT_SUCCEEDED);
      case REFUND ->
          Optional.of(
              switch (requireNonNull(notification.refund(), "refund").outcome()) {
                case SUCCEEDED -> InputKind.REFUND_SUCCEEDED;
                case ABNORMAL -> InputKind.REFUND_ABNORMAL;
                case CLOSED -> InputKind.REFUND_CLOSED;
              });
      case OBSERVATION ->
          Optional.of(
              InputKind.of(requireNonNull(notification.observation(), "observation").answer()));
      case TRADE_CLOSED, UNRECOGNISED -> Optional.empty();
    };
  }

  private static OrderInput input(
      PaymentNotification notification, InputKind kind, RecordCoordinates at) {
    return new OrderInput(
        OrderInput.SCHEMA,
        Identities.of(notification),
        kind,
        notification.shop(),
        requireNonNull(notification.orderNo(), "orderNo"),
        notification.receivedAt(),
        at,
        notification.payment(),
        notification.refund(),
        null,
        notification.observation());
  }

  private static OrderInput input(
      OrderCommand command, TimeToPay timeToPay, Instant receivedAt, RecordCoordinates at) {
    InputKind kind =
        switch (command.kind()) {
          case PLACE -> InputKind.ORDER_PLACED;
          case CANCEL -> InputKind.CANCEL_REQUESTED;
          case SHIP -> InputKind.SHIP_REQUESTED;
          case COMPLETE -> InputKind.COMPLETE_REQUESTED;
          case RESOLVE -> InputKind.RESOLVE_REQUESTED;
        };
    OrderInput input =
        new OrderInput(
            OrderInput.SCHEMA,
            Identities.of(command),
            kind,
            command.shop(),
            command.orderNo(),
            receivedAt,
            at,
            null,
            null,
            command);
    if (kind != InputKind.ORDER_PLACED) {
      return input;
    }
    PaymentPolicy policy = command.policyOrDefault();
    Deadline deadline = timeToPay.of(policy, receivedAt);
    return input.payable(deadline.payBy(), deadline.then(), timeToPay.accounts(policy));
  }
}
