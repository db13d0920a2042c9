package io.paidonce.simulator.provider;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.Money;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What Alipay says of trades and refunds, in the fields of its documents. Amounts in yuan. */
final class AlipayContent {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
          .withZone(ZoneOffset.ofHours(8));

  private AlipayContent() {}

  static ObjectNode trade(Trade trade) {
    boolean paid = trade.state() == Trade.State.PAID;
    String received = yuan(paid ? trade.amountMinor() : 0);
    ObjectNode content = named(trade);
    content.put("buyer_logon_id", "158****1562");
    content.put("buyer_user_id", "2088000000000001");
    content.put("trade_status", status(trade));
    content.put("total_amount", yuan(trade.amountMinor()));
    content.put("receipt_amount", received);
    content.put("buyer_pay_amount", received);
    content.put("invoice_amount", received);
    content.put("point_amount", "0.00");
    if (paid) {
      content.put("send_pay_date", time(trade.changedAt()));
    }
    return content;
  }

  /** Of a trade that was closed. */
  static ObjectNode named(Trade trade) {
    ObjectNode content = success();
    content.put("trade_no", trade.transactionId());
    content.put("out_trade_no", trade.orderNo());
    return content;
  }

  /**
   * The answer to a refund. It names no refund; refund_fee is what all of them returned.
   *
   * @param moved whether money went by this very request
   */
  static ObjectNode refunded(Trade trade, TradeRefund refund, boolean moved) {
    ObjectNode content = named(trade);
    content.put("buyer_logon_id", "158****1562");
    content.put("fund_change", moved ? "Y" : "N");
    content.put("refund_fee", yuan(trade.refundedMinor()));
    content.put("gmt_refund_pay", time(refund.settledAt()));
    return content;
  }

  /**
   * The answer to a refund's query, of one that went through.
   *
   * @param withTime whether it was asked when
   */
  static ObjectNode refund(Trade trade, TradeRefund refund, boolean withTime) {
    ObjectNode content = named(trade);
    content.put("out_request_no", refund.refundNo());
    content.put("total_amount", yuan(trade.amountMinor()));
    content.put("refund_amount", yuan(refund.amountMinor()));
    content.put("refund_status", "REFUND_SUCCESS");
    if (withTime) {
      content.put("gmt_refund_pay", time(refund.settledAt()));
    }
    return content;
  }

  static ObjectNode success() {
    return JsonNodeFactory.instance.objectNode().put("code", "10000").put("msg", "Success");
  }

  static ObjectNode error(String code, String msg, String subCode, String subMsg) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("code", code)
        .put("msg", msg)
        .put("sub_code", subCode)
        .put("sub_msg", subMsg);
  }

  // One word for what nobody paid and for what went back in full; send_pay_date tells them apart.
  private static String status(Trade trade) {
    return switch (trade.state()) {
      case PREPARED, UNPAID -> "WAIT_BUYER_PAY";
      case CLOSED -> "TRADE_CLOSED";
      case PAID -> trade.refundedMinor() == trade.amountMinor() ? "TRADE_CLOSED" : "TRADE_SUCCESS";
    };
  }

  private static String yuan(long fen) {
    return Money.of(fen, "CNY").major();
  }

  private static String time(Instant instant) {
    return TIME.format(instant);
  }
}
