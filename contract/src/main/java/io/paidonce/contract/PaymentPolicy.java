package io.paidonce.contract;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
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
 */
public record PaymentPolicy(
    @JsonSetter(nulls = Nulls.AS_EMPTY) boolean partialPayments,
    @JsonSetter(nulls = Nulls.AS_EMPTY) LatePayment latePayment,
    @Nullable Integer payWithinSeconds,
    @Nullable OnDeadline onDeadline) {

  /** The shortest time to pay: a provider's page that opens now can be paid for this long. */
  public static final int LEAST_PAY_WITHIN_SECONDS = 5 * 60;

  /** The longest time to pay. */
  public static final int MOST_PAY_WITHIN_SECONDS = 90 * 24 * 60 * 60;

  /** One payment pays, a person decides about late money, and the shop says until when. */
  public static final PaymentPolicy DEFAULT = new PaymentPolicy(false, LatePayment.REVIEW);

  public PaymentPolicy {
    latePayment = latePayment == null ? LatePayment.REVIEW : latePayment;
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
    this(partialPayments, latePayment, null, null);
  }

  public static boolean isTimeToPay(long seconds) {
    return seconds >= LEAST_PAY_WITHIN_SECONDS && seconds <= MOST_PAY_WITHIN_SECONDS;
  }

  /** The same with a deadline of its own. */
  public PaymentPolicy withDeadline(int withinSeconds, OnDeadline then) {
    return new PaymentPolicy(partialPayments, latePayment, withinSeconds, then);
  }
}
