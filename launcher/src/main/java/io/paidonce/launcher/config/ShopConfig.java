package io.paidonce.launcher.config;

import io.paidonce.contract.OnDeadline;
import io.paidonce.contract.PaymentPolicy;
import io.paidonce.ledger.TimeToPay;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One owner of orders.
 *
 * @param id first part of every key of its orders; without a colon
 * @param payWithinSeconds how long its orders may be paid, where they do not say it themselves; the
 *     default is 900
 * @param onDeadline what becomes of them then; the default is NONE
 */
public record ShopConfig(
    String id, @Nullable Integer payWithinSeconds, @Nullable OnDeadline onDeadline) {

  public ShopConfig {
    if (id.isBlank() || id.indexOf(':') >= 0) {
      throw new IllegalArgumentException("id must not be blank and hold no colon");
    }
    if (payWithinSeconds != null && !PaymentPolicy.isTimeToPay(payWithinSeconds)) {
      throw new IllegalArgumentException(
          "payWithinSeconds must be "
              + PaymentPolicy.LEAST_PAY_WITHIN_SECONDS
              + " to "
              + PaymentPolicy.MOST_PAY_WITHIN_SECONDS);
    }
  }

  TimeToPay timeToPay() {
    return new TimeToPay(
        payWithinSeconds == null
            ? TimeToPay.DEFAULT.within()
            : Duration.ofSeconds(payWithinSeconds),
        onDeadline == null ? TimeToPay.DEFAULT.then() : onDeadline);
  }
}
