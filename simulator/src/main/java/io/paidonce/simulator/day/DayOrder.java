package io.paidonce.simulator.day;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One order as it is planned; whether a payment succeeds is decided when it is tried.
 *
 * @param amountMinor fen
 * @param placedAt when our own order service says so
 * @param tries in the order they begin
 */
public record DayOrder(
    String shop, String orderNo, long amountMinor, Instant placedAt, Fate fate, List<Try> tries) {

  /**
   * A customer's way to pay at one account.
   *
   * @param account its id
   * @param opensAt when the provider learns of it
   * @param isPrepared whether it denies it until it is paid, see {@link Fate#SCANNED_LATE}
   * @param paysAt when the customer pays, if it still can be paid; absent where it never happens
   * @param courier how the notice travels
   * @param latency of the notice's first attempt, from the payment
   */
  public record Try(
      String account,
      Instant opensAt,
      boolean isPrepared,
      @Nullable Instant paysAt,
      Courier courier,
      Duration latency) {
    public Try {
      requireNonNull(account, "account");
      requireNonNull(opensAt, "opensAt");
      requireNonNull(courier, "courier");
      requireNonNull(latency, "latency");
    }
  }

  public DayOrder {
    requireNonNull(shop, "shop");
    requireNonNull(orderNo, "orderNo");
    requireNonNull(placedAt, "placedAt");
    requireNonNull(fate, "fate");
    tries = List.copyOf(tries);
  }
}
