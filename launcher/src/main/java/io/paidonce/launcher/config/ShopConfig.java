package io.paidonce.launcher.config;

import io.paidonce.contract.OnDeadline;
import io.paidonce.contract.PaymentPolicy;
import io.paidonce.contract.ProviderAccount;
import io.paidonce.ledger.TimeToPay;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One owner of orders.
 *
 * @param id first part of every key of its orders; without a colon
 * @param payWithinSeconds how long its orders may be paid, where they do not say it themselves; the
 *     default is 900
 * @param onDeadline what becomes of them then; the default is PROVIDER where payableAt says whom to
 *     ask, and else NONE
 * @param payableAt the accounts at which its orders can be paid and whose providers the role {@code
 *     reconcile} can ask, as {@code provider:account}, at most 20; an order may name others.
 *     Without any nobody is asked
 */
public record ShopConfig(
    String id,
    @Nullable Integer payWithinSeconds,
    @Nullable OnDeadline onDeadline,
    @Nullable List<String> payableAt) {

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
    payableAt = payableAt == null ? null : List.copyOf(payableAt);
    int accounts = accounts(payableAt).size();
    if (accounts > PaymentPolicy.MOST_ACCOUNTS) {
      throw new IllegalArgumentException(
          "payableAt must name at most "
              + PaymentPolicy.MOST_ACCOUNTS
              + " accounts: an order is asked about at each of them; let orders name theirs");
    }
    if (onDeadline == OnDeadline.PROVIDER && accounts == 0) {
      throw new IllegalArgumentException(
          "onDeadline PROVIDER needs payableAt: name the accounts to ask, as provider:account");
    }
  }

  private static List<ProviderAccount> accounts(@Nullable List<String> names) {
    return names == null ? List.of() : names.stream().map(ProviderAccount::parse).toList();
  }

  TimeToPay timeToPay() {
    List<ProviderAccount> accounts = accounts(payableAt);
    OnDeadline usual = accounts.isEmpty() ? TimeToPay.DEFAULT.then() : OnDeadline.PROVIDER;
    return new TimeToPay(
        payWithinSeconds == null
            ? TimeToPay.DEFAULT.within()
            : Duration.ofSeconds(payWithinSeconds),
        onDeadline == null ? usual : onDeadline,
        accounts);
  }
}
