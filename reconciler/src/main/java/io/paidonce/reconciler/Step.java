package io.paidonce.reconciler;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.RequestKind;
import io.paidonce.providers.Ask;
import io.paidonce.providers.Outcome;
import io.paidonce.providers.ProviderClient;
import io.paidonce.providers.ProviderClient.RefundOrder;
import io.paidonce.providers.ProviderClient.RefundRef;

/** One question to a provider. A request takes one of them, or several. */
enum Step {
  QUERY_ORDER,
  CLOSE,
  REFUND,
  QUERY_REFUND;

  static Step first(RequestKind kind) {
    return switch (kind) {
      case QUERY -> QUERY_ORDER;
      case CLOSE -> CLOSE;
      case REFUND -> REFUND;
      case QUERY_REFUND -> QUERY_REFUND;
    };
  }

  /**
   * Asks; takes as long as the transport allows.
   *
   * @throws IllegalArgumentException if the provider can't be asked this at all
   */
  Outcome ask(ProviderClient client, ProviderRequest request, Ask ask) {
    return switch (this) {
      case QUERY_ORDER -> client.queryOrder(request.orderNo(), ask);
      case CLOSE -> client.close(request.orderNo(), ask);
      case REFUND ->
          client.refund(
              new RefundOrder(
                  refund(request),
                  requireNonNull(request.amountMinor(), "amountMinor"),
                  requireNonNull(request.paymentMinor(), "paymentMinor"),
                  requireNonNull(request.currency(), "currency")),
              ask);
      case QUERY_REFUND -> client.queryRefund(refund(request), ask);
    };
  }

  private static RefundRef refund(ProviderRequest request) {
    return new RefundRef(
        request.orderNo(),
        requireNonNull(request.transactionId(), "transactionId"),
        requireNonNull(request.refundNo(), "refundNo"));
  }
}
