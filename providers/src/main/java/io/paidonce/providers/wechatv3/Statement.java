package io.paidonce.providers.wechatv3;

import com.fasterxml.jackson.databind.JsonNode;
import io.paidonce.contract.Authentication;
import io.paidonce.contract.Evidence;
import io.paidonce.contract.NotificationKind;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RefundFact;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.StrictJson;
import io.paidonce.providers.UnreadableContentException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a decrypted resource says. A combined payment says several.
 *
 * @param orderNo the shop's order number; absent only where nothing is applied to an order
 */
record Statement(
    NotificationKind kind,
    @Nullable String orderNo,
    @Nullable PaymentFact payment,
    @Nullable RefundFact refund) {

  /**
   * All that a resource says, at least one thing. The event type alone does not tell them apart:
   * profit sharing and combined payments share that of a payment, so the resource's type and its
   * own fields decide with it.
   */
  static List<Statement> all(Envelope envelope, JsonNode resource, Hearing hearing)
      throws UnreadableContentException {
    if (Refund.isTold(envelope)) {
      return List.of(Refund.statement(envelope, resource, hearing));
    }
    if (CombinedPayment.isTold(envelope, resource)) {
      return CombinedPayment.statements(resource, hearing);
    }
    if (Transaction.isPayment(envelope, resource)) {
      return List.of(
          paid(StrictJson.text(resource, "out_trade_no"), Transaction.payment(resource, hearing)));
    }
    return List.of(unrecognised(resource));
  }

  static Statement paid(String orderNo, PaymentFact payment) {
    return new Statement(NotificationKind.PAYMENT, orderNo, payment, null);
  }

  static Statement refunded(String orderNo, RefundFact refund) {
    return new Statement(NotificationKind.REFUND, orderNo, null, refund);
  }

  /** Kept whole and applied to nothing. */
  static Statement unrecognised(JsonNode resource) {
    JsonNode orderNo = resource.path("out_trade_no");
    boolean named = orderNo.isTextual() && !orderNo.textValue().isBlank();
    return new Statement(
        NotificationKind.UNRECOGNISED, named ? orderNo.textValue() : null, null, null);
  }

  /**
   * The statement as it is stored.
   *
   * @param eventType the provider's own word for it
   * @param notificationId the provider's id; absent of an answer
   */
  PaymentNotification notification(
      String eventType,
      @Nullable String notificationId,
      CallbackRequest request,
      Hearing hearing,
      Evidence evidence)
      throws UnreadableContentException {
    try {
      return new PaymentNotification(
          PaymentNotification.SCHEMA,
          WechatV3Protocol.PROVIDER,
          hearing.config().id(),
          WechatV3Protocol.ID,
          hearing.config().shop(),
          orderNo,
          kind,
          eventType,
          notificationId,
          request.deliveryId(),
          Authentication.SIGNED,
          hearing.witness(),
          hearing.receivedAt(),
          payment,
          refund,
          evidence);
    } catch (IllegalArgumentException e) {
      // All that comes from us was checked before, so it is the bounds of what the provider says.
      throw UnreadableContentException.of(e);
    }
  }
}
