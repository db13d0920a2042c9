package io.paidonce.contract;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the shop of an order takes money. It comes with the order and is kept with it: a policy that
 * changes later must not change what a replay makes of an older order.
 *
 * @param partialPayments whether several payments may pay the order together; absent means no
 * @param latePayment what becomes of money after a cancellation; absent means REVIEW
 * @param payWithinSeconds how long the order may be paid after it was placed, 300 to 7,776,000
 *     seconds; WeChat Pay takes no less. Absent means what the shop is configured with when the
 *     order is placed
 * @param onDeadline what becomes of the order when that time is over; absent means what the shop is
 *     configured with when the order is placed
 * @param doublePayment what becomes of a second payment, where one pays the order; absent means
 *     REVIEW
 * @param payableAt the accounts at which the order can be paid, 1 to 20 of those that the shop can
 *     ask; absent means all of them
 * @param combined how a provider knows the order as one of several that are paid together; absent
 *     where it is paid alone
 */
public record PaymentPolicy(
    @JsonSetter(nulls = Nulls.AS_EMPTY) boolean partialPayments,
    @JsonSetter(nulls = Nulls.AS_EMPTY) LatePayment latePayment,
    @Nullable Integer payWithinSeconds,
    @Nullable OnDeadline onDeadline,
    @JsonSetter(nulls = Nulls.AS_EMPTY) DoublePayment doublePayment,
    @Nullable List<ProviderAccount> payableAt,
    @Nullable Combination combined) {

  /** The shortest time to pay: a provider's page that opens now can be paid for this long. */
  public static final int LEAST_PAY_WITHIN_SECONDS = 5 * 60;

  /** The longest time to pay. */
  public static final int MOST_PAY_WITHIN_SECONDS = 90 * 24 * 60 * 60;

  /** The most accounts at which one order can be paid. */
  public static final int MOST_ACCOUNTS = 20;

  /** One payment pays, a person decides about late money, and the shop says until when. */
  public static final PaymentPolicy DEFAULT = new PaymentPolicy(false, LatePayment.REVIEW);

  public PaymentPolicy {
    latePayment = latePayment == null ? LatePayment.REVIEW : latePayment;
    doublePayment = doublePayment == null ? DoublePayment.REVIEW : doublePayment;
    if (payableAt != null) {
      payableAt = payableAt.stream().distinct().sorted().toList();
      if (payableAt.isEmpty() || payableAt.size() > MOST_ACCOUNTS) {
        throw new IllegalArgumentException(
            "payableAt must name 1 to " + MOST_ACCOUNTS + " accounts: " + payableAt.size());
      }
    }
    if (combined != null && payableAt != null && !payableAt.contains(combined.account())) {
      throw new IllegalArgumentException(
          "payableAt must name " + combined.account() + ", where combined says it can be paid");
    }
    if (payWithinSeconds != null && !isTimeToPay(payWithinSeconds)) {
      throw new IllegalArgumentException(
          "payWithinSeconds must be "
              + LEAST_PAY_WITHIN_SECONDS
              + " to "
              + MOST_PAY_WITHIN_SECONDS
              + ": "
              + payWithinSeconds);
    }
  }

  /** With the shop's own deadline. */
  public PaymentPolicy(boolean partialPayments, LatePayment latePayment) {
    this(partialPayments, latePayment, null, null, DoublePayment.REVIEW, null, null);
  }

  public static boolean isTimeToPay(long seconds) {
    return seconds >= LEAST_PAY_WITHIN_SECONDS && seconds <= MOST_PAY_WITHIN_SECONDS;
  }

  /** The same with a deadline of its own. */
  public PaymentPolicy withDeadline(int withinSeconds, OnDeadline then) {
    return new PaymentPolicy(
        partialPayments, latePayment, withinSeconds, then, doublePayment, payableAt, combined);
  }

  /** The same, payable at these accounts only. */
  public PaymentPolicy payableAt(List<ProviderAccount> accounts) {
    return new PaymentPolicy(
        partialPayments,
        latePayment,
        payWithinSeconds,
        onDeadline,
        doublePayment,
        accounts,
        combined);
  }

  /** The same with what becomes of a second payment. */
  public PaymentPolicy onDoublePayment(DoublePayment then) {
    return new PaymentPolicy(
        partialPayments, latePayment, payWithinSeconds, onDeadline, then, payableAt, combined);
  }

  /** The same of an order that is paid together with others. */
  public PaymentPolicy combinedAs(Combination combination) {
    return new PaymentPolicy(
        partialPayments,
        latePayment,
        payWithinSeconds,
        onDeadline,
        doublePayment,
        payableAt,
        combination);
  }

  /** How the order is known there, where it is paid together with others there; else null. */
  public @Nullable Combination combinedAt(ProviderAccount account) {
    return combined != null && combined.account().equals(account) ? combined : null;
  }
}
