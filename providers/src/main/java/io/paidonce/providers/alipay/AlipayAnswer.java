package io.paidonce.providers.alipay;

import com.fasterxml.jackson.databind.JsonNode;
import io.paidonce.contract.Authentication;
import io.paidonce.contract.Evidence;
import io.paidonce.contract.Money;
import io.paidonce.contract.NotificationKind;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.contract.Witness;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.Standing;
import io.paidonce.providers.StrictJson;
import io.paidonce.providers.UnreadableContentException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the signed content of an answer says. Which method it answers is not signed, so it is told
 * by what only that method's answers hold: a trade's status, a refund's status with its number.
 *
 * @param word the provider's own word for the state
 * @param payment present where it says paid
 * @param refund present where it says refunded
 */
record AlipayAnswer(
    Standing standing, String word, @Nullable PaymentFact payment, @Nullable RefundFact refund) {

  private static final String SUCCESS = "10000";

  static boolean isSuccess(JsonNode content) {
    return content.path("code").asText("").equals(SUCCESS);
  }

  /** Of content that {@link #isSuccess}. */
  static AlipayAnswer read(JsonNode content, AlipayConfig config, Instant receivedAt)
      throws UnreadableContentException {
    if (content.has("trade_status")) {
      return trade(content, config, receivedAt);
    }
    if (content.has("refund_status")) {
      return refund(content, config, receivedAt);
    }
    return new AlipayAnswer(Standing.UNCLEAR, SUCCESS, null, null);
  }

  boolean isFact() {
    return payment != null || refund != null;
  }

  PaymentNotification notification(
      JsonNode content, AlipayConfig config, CallbackRequest answer, Evidence evidence)
      throws UnreadableContentException {
    try {
      return new PaymentNotification(
          PaymentNotification.SCHEMA,
          AlipayProtocol.PROVIDER,
          config.id(),
          AlipayProtocol.ID,
          config.shop(),
          StrictJson.optionalText(content, "out_trade_no"),
          payment != null
              ? NotificationKind.PAYMENT
              : refund != null ? NotificationKind.REFUND : NotificationKind.UNRECOGNISED,
          word,
          null,
          answer.deliveryId(),
          Authentication.SIGNED,
          Witness.QUERY,
          answer.receivedAt(),
          payment,
          refund,
          evidence);
    } catch (IllegalArgumentException e) {
      throw UnreadableContentException.of(e);
    }
  }

  private static AlipayAnswer trade(JsonNode content, AlipayConfig config, Instant receivedAt)
      throws UnreadableContentException {
    String status = StrictJson.text(content, "trade_status");
    return switch (status) {
      case "TRADE_SUCCESS", "TRADE_FINISHED" ->
          new AlipayAnswer(Standing.PAID, status, payment(content, config, receivedAt), null);
      case "WAIT_BUYER_PAY" -> new AlipayAnswer(Standing.UNPAID, status, null, null);
      // One word for what nobody paid and for what went back in full. Only without a trace of a
      // payment is it the first; the second is told by notices and by the refund's own query.
      case "TRADE_CLOSED" ->
          new AlipayAnswer(
              content.has("send_pay_date") ? Standing.UNCLEAR : Standing.CLOSED,
              status,
              null,
              null);
      default -> new AlipayAnswer(Standing.UNCLEAR, status, null, null);
    };
  }

  private static PaymentFact payment(JsonNode content, AlipayConfig config, Instant receivedAt)
      throws UnreadableContentException {
    Money money = yuan(content, "total_amount");
    // An answer need not say who was paid: only trades of this application are answered to it.
    @Nullable String seller = StrictJson.optionalText(content, "seller_id");
    StrictJson.text(content, "out_trade_no");
    try {
      return new PaymentFact(
          AlipayProtocol.PROVIDER,
          config.id(),
          StrictJson.text(content, "trade_no"),
          money.amountMinor(),
          money.currency(),
          (seller == null || seller.isBlank() ? config.sellerId() : seller) + "/" + config.id(),
          config.sellerId() + "/" + config.id(),
          time(content, "send_pay_date"),
          receivedAt,
          Witness.QUERY);
    } catch (IllegalArgumentException e) {
      throw UnreadableContentException.of(e);
    }
  }

  private static AlipayAnswer refund(JsonNode content, AlipayConfig config, Instant receivedAt)
      throws UnreadableContentException {
    String status = StrictJson.text(content, "refund_status");
    return switch (status) {
      case "REFUND_SUCCESS" ->
          new AlipayAnswer(
              Standing.REFUND_SETTLED, status, null, refundFact(content, config, receivedAt));
      case "REFUND_PROCESSING" -> new AlipayAnswer(Standing.REFUND_PENDING, status, null, null);
      default -> new AlipayAnswer(Standing.UNCLEAR, status, null, null);
    };
  }

  private static RefundFact refundFact(JsonNode content, AlipayConfig config, Instant receivedAt)
      throws UnreadableContentException {
    String tradeNo = StrictJson.text(content, "trade_no");
    String orderNo = StrictJson.text(content, "out_trade_no");
    String number = StrictJson.text(content, "out_request_no");
    // As in notices: a refund that was asked for without a number gets the trade's own.
    boolean whole = number.equals(tradeNo) || number.equals(orderNo);
    try {
      return new RefundFact(
          AlipayProtocol.PROVIDER,
          config.id(),
          tradeNo,
          whole ? RefundFact.FULL : number,
          whole ? null : number,
          RefundOutcome.SUCCEEDED,
          // Of this refund alone, where a notice says the total so far.
          yuan(content, "refund_amount").amountMinor(),
          null,
          yuan(content, "total_amount").amountMinor(),
          AlipayText.CURRENCY,
          time(content, "gmt_refund_pay"),
          receivedAt,
          Witness.QUERY);
    } catch (IllegalArgumentException e) {
      throw UnreadableContentException.of(e);
    }
  }

  private static Money yuan(JsonNode content, String field) throws UnreadableContentException {
    @Nullable String currency = StrictJson.optionalText(content, "trans_currency");
    if (currency != null && !currency.isBlank() && !currency.equals(AlipayText.CURRENCY)) {
      throw new UnreadableContentException("trans_currency is not " + AlipayText.CURRENCY);
    }
    return AlipayText.positiveYuan(field, StrictJson.text(content, field));
  }

  private static @Nullable Instant time(JsonNode content, String field)
      throws UnreadableContentException {
    @Nullable String text = StrictJson.optionalText(content, field);
    return text == null || text.isBlank() ? null : AlipayText.time(field, text);
  }
}
