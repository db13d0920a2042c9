package io.paidonce.contract;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;

/**
 * How the shop of an order takes money. It comes with the order and is kept with it: a policy that
 * changes later must not change what a replay makes of an older order.
 *
 * @param partialPayments whether several payments may pay the order together; absent means no
 * @param latePayment what becomes of money after a cancellation; absent means REVIEW
 */
public record PaymentPolicy(
    @JsonSetter(nulls = Nulls.AS_EMPTY) boolean partialPayments,
    @JsonSetter(nulls = Nulls.AS_EMPTY) LatePayment latePayment) {

  /** One payment pays, and a person decides about late money. */
  public static final PaymentPolicy DEFAULT = new PaymentPolicy(false, LatePayment.REVIEW);

  public PaymentPolicy {
    latePayment = latePayment == null ? LatePayment.REVIEW : latePayment;
  }
}
