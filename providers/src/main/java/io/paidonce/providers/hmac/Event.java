package io.paidonce.providers.hmac;

import com.fasterxml.jackson.core.JsonPointer;
import io.paidonce.contract.NotificationKind;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.contract.Witness;
import io.paidonce.providers.Account;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.UnreadableContentException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What some statuses mean and where their facts stand, checked and complete.
 *
 * @param outcome what became of a refund; null of a payment
 * @param amount of the payment or of this refund; null where a refund states its total
 * @param fixedCurrency where no field says it
 */
record Event(
    List<String> statuses,
    @Nullable RefundOutcome outcome,
    JsonPointer orderNo,
    JsonPointer transactionId,
    @Nullable JsonPointer amount,
    @Nullable JsonPointer refundedTotal,
    boolean major,
    @Nullable JsonPointer currency,
    String fixedCurrency,
    @Nullable JsonPointer occurredAt,
    @Nullable JsonPointer payee,
    @Nullable String expectedPayee,
    @Nullable JsonPointer refundId,
    @Nullable JsonPointer merchantRefundNo,
    @Nullable JsonPointer paymentAmount) {

  boolean refund() {
    return outcome != null;
  }

  Statement statement(
      Account account,
      CallbackRequest request,
      Fields fields,
      String eventType,
      @Nullable String notificationId)
      throws UnreadableContentException {
    String order = fields.text(orderNo);
    String of = currency == null ? fixedCurrency : fields.currency(currency);
    try {
      return new Statement(
          account,
          request,
          refund() ? NotificationKind.REFUND : NotificationKind.PAYMENT,
          order,
          eventType,
          notificationId,
          outcome == null ? payment(account, request, fields, of) : null,
          outcome == null ? null : refund(account, request, fields, of, outcome));
    } catch (IllegalArgumentException e) {
      throw UnreadableContentException.of(e);
    }
  }

  private PaymentFact payment(Account account, CallbackRequest request, Fields fields, String of)
      throws UnreadableContentException {
    return new PaymentFact(
        HmacProtocol.PROVIDER,
        account.id(),
        fields.text(transactionId),
        required(fields, amount, of),
        of,
        payee == null ? account.id() : fields.text(payee),
        expectedPayee == null ? account.id() : expectedPayee,
        occurredAt == null ? null : fields.optionalTime(occurredAt),
        request.receivedAt(),
        Witness.CALLBACK);
  }

  private RefundFact refund(
      Account account, CallbackRequest request, Fields fields, String of, RefundOutcome became)
      throws UnreadableContentException {
    return new RefundFact(
        HmacProtocol.PROVIDER,
        account.id(),
        fields.text(transactionId),
        refundId == null ? RefundFact.FULL : fields.text(refundId),
        merchantRefundNo == null ? null : fields.optionalText(merchantRefundNo),
        became,
        amount == null ? null : fields.amount(amount, major, of),
        refundedTotal == null ? null : fields.amount(refundedTotal, major, of),
        paymentAmount == null ? null : fields.amount(paymentAmount, major, of),
        of,
        occurredAt == null ? null : fields.optionalTime(occurredAt),
        request.receivedAt(),
        Witness.CALLBACK);
  }

  private long required(Fields fields, @Nullable JsonPointer at, String of)
      throws UnreadableContentException {
    if (at == null) {
      throw new IllegalStateException("a payment's amount was not checked");
    }
    return fields.amount(at, major, of);
  }
}
