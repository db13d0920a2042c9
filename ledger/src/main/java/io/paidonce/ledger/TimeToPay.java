package io.paidonce.ledger;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.Combination;
import io.paidonce.contract.OnDeadline;
import io.paidonce.contract.PaymentPolicy;
import io.paidonce.contract.ProviderAccount;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long and where a shop's orders may be paid, where the order itself does not say.
 *
 * @param within from when the order was placed
 * @param then what becomes of an order that was not paid
 * @param payableAt the accounts whose providers can be asked; empty where none can
 */
public record TimeToPay(Duration within, OnDeadline then, List<ProviderAccount> payableAt) {

  /** What a shop has that says nothing. */
  public static final TimeToPay DEFAULT = new TimeToPay(Duration.ofMinutes(15), OnDeadline.NONE);

  public TimeToPay {
    requireNonNull(within, "within");
    requireNonNull(then, "then");
    payableAt = List.copyOf(payableAt);
  }

  /** Of a shop whose providers nobody can ask. */
  public TimeToPay(Duration within, OnDeadline then) {
    this(within, then, List.of());
  }

  Deadline of(PaymentPolicy policy, Instant placedAt) {
    Integer seconds = policy.payWithinSeconds();
    OnDeadline own = policy.onDeadline();
    return new Deadline(
        placedAt.plus(seconds == null ? within : Duration.ofSeconds(seconds)),
        own == null ? then : own);
  }

  List<ProviderAccount> accounts(PaymentPolicy policy) {
    List<ProviderAccount> own = policy.payableAt();
    List<ProviderAccount> accounts = own == null ? payableAt : own;
    Combination combined = policy.combined();
    // Where the others are asked, it must not be closed without this one's word.
    return combined == null || accounts.isEmpty() || accounts.contains(combined.account())
        ? accounts
        : Stream.concat(accounts.stream(), Stream.of(combined.account())).toList();
  }
}
