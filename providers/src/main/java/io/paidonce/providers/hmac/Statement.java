package io.paidonce.providers.hmac;

import io.paidonce.contract.Authentication;
import io.paidonce.contract.Evidence;
import io.paidonce.contract.NotificationKind;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.Witness;
import io.paidonce.providers.Account;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.UnreadableContentException;
import org.jspecify.annotations.Nullable;

/** What one callback says. */
record Statement(
    Account account,
    CallbackRequest request,
    NotificationKind kind,
    @Nullable String orderNo,
    String eventType,
    @Nullable String notificationId,
    @Nullable PaymentFact payment,
    @Nullable RefundFact refund) {

  /** Authentic, and of no concern to any order: kept whole. */
  static Statement unrecognised(
      Account account, CallbackRequest request, String eventType, @Nullable String id) {
    return new Statement(
        account, request, NotificationKind.UNRECOGNISED, null, eventType, id, null, null);
  }

  PaymentNotification notification(Evidence evidence) throws UnreadableContentException {
    try {
      return new PaymentNotification(
          PaymentNotification.SCHEMA,
          HmacProtocol.PROVIDER,
          account.id(),
          HmacProtocol.ID,
          account.shop(),
          orderNo,
          kind,
          eventType,
          notificationId,
          request.deliveryId(),
          Authentication.SIGNED,
          Witness.CALLBACK,
          request.receivedAt(),
          payment,
          refund,
          evidence);
    } catch (IllegalArgumentException e) {
      // All that comes from us was checked before, so it is the bounds of what the source says.
      throw UnreadableContentException.of(e);
    }
  }
}
