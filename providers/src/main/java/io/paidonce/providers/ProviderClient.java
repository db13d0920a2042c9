package io.paidonce.providers;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks one provider in the name of one account. Each method sends one request and never repeats it:
 * when to ask again, and at which host, is the caller's. Whatever happens is an {@link Outcome}.
 * Thread-safe.
 */
public interface ProviderClient {

  /** The provider's own id of the contract. */
  String account();

  /** How many hosts it can be asked at, the preferred one first. */
  int hosts();

  /** What became of the payment of an order? The only way to ask for one that nobody paid. */
  Outcome queryOrder(String orderNo, Ask ask);

  /**
   * What became of a payment?
   *
   * @param orderNo where given, an answer that names another order is refused
   */
  Outcome queryTransaction(String transactionId, @Nullable String orderNo, Ask ask);

  /**
   * Take no money for it any more. Where it is accepted, only a query says that it is closed.
   * Asking again does no harm.
   */
  Outcome close(String orderNo, Ask ask);

  /** Send money back. Asking again with the same number sends it once. */
  Outcome refund(RefundOrder refund, Ask ask);

  /** What became of a refund? */
  Outcome queryRefund(RefundRef refund, Ask ask);

  /**
   * What became of a payment for several orders? An answer that leaves out one of them is refused.
   *
   * @throws IllegalArgumentException if the provider combines no payments
   */
  default Outcome queryCombined(CombinedOrder combined, Ask ask) {
    throw new IllegalArgumentException("this provider combines no payments");
  }

  /**
   * Take no money for several orders any more; all of them at once, as they were combined.
   *
   * @throws IllegalArgumentException if the provider combines no payments
   */
  default Outcome closeCombined(CombinedOrder combined, Ask ask) {
    throw new IllegalArgumentException("this provider combines no payments");
  }

  /**
   * Which refund.
   *
   * @param refundNo our number of it (out_refund_no, out_request_no)
   */
  record RefundRef(String orderNo, String transactionId, String refundNo) {
    public RefundRef {
      requireNonNull(orderNo, "orderNo");
      requireNonNull(transactionId, "transactionId");
      requireNonNull(refundNo, "refundNo");
    }
  }

  /**
   * What is to go back.
   *
   * @param amountMinor minor units
   * @param paymentMinor what the payment was, minor units
   * @param currency ISO 4217 code
   */
  record RefundOrder(RefundRef refund, long amountMinor, long paymentMinor, String currency) {
    public RefundOrder {
      requireNonNull(refund, "refund");
      requireNonNull(currency, "currency");
      if (amountMinor <= 0 || amountMinor > paymentMinor) {
        throw new IllegalArgumentException(
            "amountMinor of a refund must be 1 to " + paymentMinor + ": " + amountMinor);
      }
    }
  }

  /**
   * Orders that are paid together.
   *
   * @param appid in whose name they were combined
   */
  record CombinedOrder(String combineOrderNo, String appid, List<SubOrder> subOrders) {
    public CombinedOrder {
      requireNonNull(combineOrderNo, "combineOrderNo");
      requireNonNull(appid, "appid");
      subOrders = List.copyOf(subOrders);
    }
  }

  /** One of them, and the merchant it pays. */
  record SubOrder(String merchant, String orderNo) {
    public SubOrder {
      requireNonNull(merchant, "merchant");
      requireNonNull(orderNo, "orderNo");
    }
  }
}
