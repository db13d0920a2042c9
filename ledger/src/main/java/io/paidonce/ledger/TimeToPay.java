package io.paidonce.ledger;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.OnDeadline;
import io.paidonce.contract.PaymentPolicy;
import java.time.Duration;
import java.time.Instant;

/**
 * How long a shop's orders may be paid, where the order itself does not say.
 *
 * @param within from when the order was placed
 * @param then what becomes of an order that was not paid
 */
public record TimeToPay(Duration within, OnDeadline then) {

  /** What a shop has that says nothing. */
  public static final TimeToPay DEFAULT = new TimeToPay(Duration.ofMinutes(15), OnDeadline.NONE);

  public TimeToPay {
    requireNonNull(within, "within");
    requireNonNull(then, "then");
  }

  Deadline of(PaymentPolicy policy, Instant placedAt) {
    Integer seconds = policy.payWithinSeconds();
    OnDeadline own = policy.onDeadline();
    return new Deadline(
        placedAt.plus(seconds == null ? within : Duration.ofSeconds(seconds)),
        own == null ? then : own);
  }
}
