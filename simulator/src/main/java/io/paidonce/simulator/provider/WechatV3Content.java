package io.paidonce.simulator.provider;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.providers.wechatv3.WechatV3Signer;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What WeChat Pay says of trades and refunds, in the fields of its documents. Amounts in fen. */
final class WechatV3Content {

  private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);

  private WechatV3Content() {}

  /**
   * A trade.
   *
   * @param subMchid whose it is, where a partner asks; empty where it is the merchant's own
   */
  static ObjectNode order(WechatV3Merchant merchant, String subMchid, Trade trade) {
    ObjectNode content = object();
    boolean isPartner = !subMchid.isEmpty();
    content.put(isPartner ? "sp_appid" : "appid", merchant.appid());
    content.put(isPartner ? "sp_mchid" : "mchid", merchant.mchid());
    if (isPartner) {
      content.put("sub_mchid", subMchid);
    }
    content.put("out_trade_no", trade.orderNo());
    content.put("trade_state", tradeState(trade));
    content.put("trade_state_desc", description(trade));
    content.put("attach", "");
    ObjectNode amount = content.putObject("amount");
    amount.put("total", trade.amountMinor());
    amount.put("currency", "CNY");
    if (trade.state() == Trade.State.PAID) {
      content.put("transaction_id", trade.transactionId());
      content.put("trade_type", "NATIVE");
      content.put("bank_type", "OTHERS");
      content.put("success_time", time(trade.changedAt()));
      content.putObject("payer").put(isPartner ? "sp_openid" : "openid", "o-simulated-payer");
      amount.put("payer_total", trade.amountMinor());
      amount.put("payer_currency", "CNY");
    }
    return content;
  }

  static ObjectNode combined(WechatV3Merchant merchant, String combineOrderNo, List<Trade> trades) {
    ObjectNode content = object();
    content.put("combine_appid", merchant.appid());
    content.put("combine_mchid", merchant.mchid());
    content.put("combine_out_trade_no", combineOrderNo);
    ArrayNode subOrders = content.putArray("sub_orders");
    for (Trade trade : trades) {
      ObjectNode subOrder = subOrders.addObject();
      subOrder.put("mchid", merchant.mchid());
      subOrder.put("out_trade_no", trade.orderNo());
      subOrder.put("trade_state", tradeState(trade));
      subOrder.put("attach", "");
      ObjectNode amount = subOrder.putObject("amount");
      amount.put("total_amount", trade.amountMinor());
      amount.put("currency", "CNY");
      if (trade.state() == Trade.State.PAID) {
        subOrder.put("transaction_id", trade.transactionId());
        subOrder.put("trade_type", "NATIVE");
        subOrder.put("bank_type", "OTHERS");
        subOrder.put("success_time", time(trade.changedAt()));
        amount.put("payer_amount", trade.amountMinor());
        amount.put("payer_currency", "CNY");
        content.putObject("combine_payer_info").put("openid", "o-simulated-payer");
      }
    }
    return content;
  }

  static ObjectNode refund(Trade trade, TradeRefund refund) {
    ObjectNode content = object();
    content.put("refund_id", refund.refundId());
    content.put("out_refund_no", refund.refundNo());
    content.put("transaction_id", trade.transactionId());
    content.put("out_trade_no", trade.orderNo());
    content.put("channel", "ORIGINAL");
    content.put("user_received_account", "支付用户零钱");
    content.put("create_time", time(refund.requestedAt()));
    content.put("status", refundStatus(refund));
    content.put("funds_account", "AVAILABLE");
    if (refund.state() == TradeRefund.State.SUCCEEDED) {
      content.put("success_time", time(refund.settledAt()));
    }
    ObjectNode amount = content.putObject("amount");
    amount.put("total", trade.amountMinor());
    amount.put("refund", refund.amountMinor());
    amount.putArray("from");
    amount.put("payer_total", trade.amountMinor());
    amount.put("payer_refund", refund.amountMinor());
    amount.put("settlement_total", trade.amountMinor());
    amount.put("settlement_refund", refund.amountMinor());
    amount.put("discount_refund", 0);
    amount.put("currency", "CNY");
    return content;
  }

  /** The certificates among the seals, each encrypted with the merchant's APIv3 key. */
  static ObjectNode certificates(List<PlatformSeal> seals, Instant now) {
    ObjectNode content = object();
    ArrayNode data = content.putArray("data");
    for (PlatformSeal seal : seals) {
      X509Certificate certificate = seal.certificate();
      if (certificate != null) {
        ObjectNode one = data.addObject();
        one.put("serial_no", seal.keyId());
        one.put("effective_time", time(certificate.getNotBefore().toInstant()));
        one.put("expire_time", time(certificate.getNotAfter().toInstant()));
        one.set("encrypt_certificate", encrypted(seal.signer(), seal.pem(), now));
      }
    }
    return content;
  }

  static ObjectNode error(String code, String message) {
    return object().put("code", code).put("message", message);
  }

  private static ObjectNode encrypted(WechatV3Signer signer, String pem, Instant now) {
    ObjectNode resource =
        (ObjectNode)
            signer.envelope("", "", "certificate", "certificate", pem, now).required("resource");
    resource.remove("original_type");
    return resource;
  }

  // Any refund that did not fail makes it REFUND, also of a part only: it was paid.
  private static String tradeState(Trade trade) {
    return switch (trade.state()) {
      case PREPARED, UNPAID -> "NOTPAY";
      case CLOSED -> "CLOSED";
      case PAID -> trade.refundingMinor() > 0 ? "REFUND" : "SUCCESS";
    };
  }

  private static String description(Trade trade) {
    return switch (trade.state()) {
      case PREPARED, UNPAID -> "订单未支付";
      case CLOSED -> "订单已关闭";
      case PAID -> trade.refundingMinor() > 0 ? "订单发生过退款" : "支付成功";
    };
  }

  private static String refundStatus(TradeRefund refund) {
    return switch (refund.state()) {
      case PROCESSING -> "PROCESSING";
      case SUCCEEDED -> "SUCCESS";
      case ABNORMAL -> "ABNORMAL";
      case CLOSED -> "CLOSED";
    };
  }

  private static String time(Instant instant) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
        instant.truncatedTo(ChronoUnit.SECONDS).atOffset(BEIJING));
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
