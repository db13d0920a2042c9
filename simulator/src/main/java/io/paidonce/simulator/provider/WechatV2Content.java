package io.paidonce.simulator.provider;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.simulator.provider.TradeRefund.State;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * What WeChat Pay v2 says of trades and refunds, in the fields of its documents. Amounts in fen.
 */
final class WechatV2Content {

  private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
  private static final DateTimeFormatter DIGITS =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT).withZone(BEIJING);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(BEIJING);

  private WechatV2Content() {}

  static ObjectNode order(Trade trade) {
    boolean paid = trade.state() == Trade.State.PAID;
    ObjectNode content = result("SUCCESS");
    content.put("out_trade_no", trade.orderNo());
    content.put("trade_state", tradeState(trade));
    content.put("trade_state_desc", tradeState(trade));
    content.put("total_fee", trade.amountMinor());
    content.put("attach", "");
    if (paid) {
      content.put("openid", "o-simulated-payer");
      content.put("is_subscribe", "N");
      content.put("trade_type", "NATIVE");
      content.put("bank_type", "OTHERS");
      content.put("fee_type", "CNY");
      content.put("cash_fee", trade.amountMinor());
      content.put("transaction_id", trade.transactionId());
      content.put("time_end", DIGITS.format(trade.changedAt()));
    }
    return content;
  }

  static ObjectNode refund(Trade trade, TradeRefund refund) {
    ObjectNode content = result("SUCCESS");
    content.put("transaction_id", trade.transactionId());
    content.put("out_trade_no", trade.orderNo());
    content.put("total_fee", trade.amountMinor());
    content.put("cash_fee", trade.amountMinor());
    content.put("refund_count", 1);
    content.put("out_refund_no_0", refund.refundNo());
    content.put("refund_id_0", refund.refundId());
    content.put("refund_channel_0", "ORIGINAL");
    content.put("refund_fee_0", refund.amountMinor());
    content.put("refund_status_0", refundStatus(refund));
    content.put("refund_recv_accout_0", "支付用户零钱");
    if (refund.state() == State.SUCCEEDED) {
      content.put("refund_success_time_0", TIME.format(refund.settledAt()));
    }
    return content;
  }

  private static String tradeState(Trade trade) {
    return switch (trade.state()) {
      case PREPARED, UNPAID -> "NOTPAY";
      case CLOSED -> "CLOSED";
      case PAID -> trade.refundingMinor() > 0 ? "REFUND" : "SUCCESS";
    };
  }

  private static String refundStatus(TradeRefund refund) {
    return switch (refund.state()) {
      case PROCESSING -> "PROCESSING";
      case SUCCEEDED -> "SUCCESS";
      case ABNORMAL -> "CHANGE";
      case CLOSED -> "REFUNDCLOSE";
    };
  }

  static ObjectNode result(String resultCode) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("return_code", "SUCCESS")
        .put("return_msg", "OK")
        .put("result_code", resultCode);
  }
}
