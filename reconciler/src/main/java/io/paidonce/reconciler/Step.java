package io.paidonce.reconciler;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.Combination;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.RequestKind;
import io.paidonce.providers.Ask;
import io.paidonce.providers.Outcome;
import io.paidonce.providers.ProviderClient;
import io.paidonce.providers.ProviderClient.CombinedOrder;
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
      case QUERY_ORDER -> queryOrder(client, request, ask);
      case CLOSE -> close(client, request, ask);
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

  // Asked about one of them alone, the provider would say that there is no such order.
  private static Outcome queryOrder(ProviderClient client, ProviderRequest request, Ask ask) {
    Combination combined = request.combined();
    return combined == null
        ? client.queryOrder(request.orderNo(), ask)
        : client.queryCombined(combinedOrder(combined), ask);
  }

  private static Outcome close(ProviderClient client, ProviderRequest request, Ask ask) {
    Combination combined = request.combined();
    return combined == null
        ? client.close(request.orderNo(), ask)
        : client.closeCombined(combinedOrder(combined), ask);
  }

  private static CombinedOrder combinedOrder(Combination combined) {
    return new CombinedOrder(
        combined.number(),
        combined.appid(),
        combined.orders().stream()
            .map(order -> new ProviderClient.SubOrder(order.merchant(), order.orderNo()))
            .toList());
  }

  private static RefundRef refund(ProviderRequest request) {
    return new RefundRef(
        request.orderNo(),
        requireNonNull(request.transactionId(), "transactionId"),
        requireNonNull(request.refundNo(), "refundNo"));
  }
}
