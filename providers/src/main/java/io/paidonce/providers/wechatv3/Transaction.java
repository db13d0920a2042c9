package io.paidonce.providers.wechatv3;

import com.fasterxml.jackson.databind.JsonNode;
import io.paidonce.contract.Money;
import io.paidonce.contract.PaymentFact;
import io.paidonce.providers.StrictJson;
import io.paidonce.providers.UnreadableContentException;

/** A decrypted resource that says: paid. */
final class Transaction {

  private Transaction() {}

  /** Whether it is of the type that single and combined payments share. */
  static boolean isTransaction(Envelope envelope) {
    return envelope.eventType().equals("TRANSACTION.SUCCESS")
        && envelope.originalType().equals("transaction");
  }

  /** Whether a payment or a sub order went through. */
  static boolean isSuccess(JsonNode resource) {
    return resource.path("trade_state").asText("").equals("SUCCESS");
  }

  /** Whether it is a single successful payment. */
  static boolean isPayment(Envelope envelope, JsonNode resource) {
    return isTransaction(envelope)
        && !CombinedPayment.isTold(envelope, resource)
        && isSuccess(resource);
  }

  /** The fact, of a resource that {@link #isPayment}. */
  static PaymentFact payment(JsonNode resource, Hearing hearing) throws UnreadableContentException {
    // total is what the order was charged; payer_total is less where a coupon paid a share.
    Money money = Amounts.of(StrictJson.object(resource, "amount"), "total");
    return fact(resource, money, Payee.of(resource, hearing.config()), hearing);
  }

  /** The fact of a payment or of a sub order, which state all but amount and payee alike. */
  static PaymentFact fact(JsonNode resource, Money money, Payee payee, Hearing hearing)
      throws UnreadableContentException {
    try {
      return new PaymentFact(
          WechatV3Protocol.PROVIDER,
          hearing.config().id(),
          StrictJson.text(resource, "transaction_id"),
          money.amountMinor(),
          money.currency(),
          payee.actual(),
          payee.expected(),
          StrictJson.optionalTime(resource, "success_time"),
          hearing.receivedAt(),
          hearing.witness());
    } catch (IllegalArgumentException e) {
      throw UnreadableContentException.of(e);
    }
  }
}
