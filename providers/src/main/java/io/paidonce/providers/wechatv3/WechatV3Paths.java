package io.paidonce.providers.wechatv3;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.providers.ProviderClient.CombinedOrder;
import io.paidonce.providers.ProviderClient.RefundOrder;
import io.paidonce.providers.ProviderClient.RefundRef;
import io.paidonce.providers.ProviderClient.SubOrder;
import java.net.URLEncoder;
import org.jspecify.annotations.Nullable;

/** How each question is written down, for a direct merchant and in a partner's name. */
final class WechatV3Paths {

  private static final String REFUNDS = "/v3/refund/domestic/refunds";

  private final String mchid;
  private final @Nullable String partner;
  private final @Nullable String refundNotifyUrl;

  WechatV3Paths(String mchid, @Nullable String partner, @Nullable String refundNotifyUrl) {
    this.mchid = mchid;
    this.partner = partner;
    this.refundNotifyUrl = refundNotifyUrl;
  }

  String order(String orderNo) {
    return transactions() + "/out-trade-no/" + encoded(orderNo) + merchantQuery();
  }

  String transaction(String transactionId) {
    return transactions() + "/id/" + encoded(transactionId) + merchantQuery();
  }

  String close(String orderNo) {
    return transactions() + "/out-trade-no/" + encoded(orderNo) + "/close";
  }

  String closeBody() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (partner == null) {
      body.put("mchid", mchid);
    } else {
      body.put("sp_mchid", partner);
      body.put("sub_mchid", mchid);
    }
    return body.toString();
  }

  String refund() {
    return REFUNDS;
  }

  /** Without a reason: the provider shows it to the customer, and ours are for our own people. */
  String refundBody(RefundOrder refund) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (partner != null) {
      body.put("sub_mchid", mchid);
    }
    body.put("transaction_id", refund.refund().transactionId());
    body.put("out_refund_no", refund.refund().refundNo());
    if (refundNotifyUrl != null) {
      body.put("notify_url", refundNotifyUrl);
    }
    ObjectNode amount = body.putObject("amount");
    amount.put("refund", refund.amountMinor());
    amount.put("total", refund.paymentMinor());
    amount.put("currency", refund.currency());
    return body.toString();
  }

  String refundState(RefundRef refund) {
    String path = REFUNDS + "/" + encoded(refund.refundNo());
    return partner == null ? path : path + "?sub_mchid=" + encoded(mchid);
  }

  String combined(String combineOrderNo) {
    return "/v3/combine-transactions/out-trade-no/" + encoded(combineOrderNo);
  }

  String closeCombined(String combineOrderNo) {
    return combined(combineOrderNo) + "/close";
  }

  String closeCombinedBody(CombinedOrder combined) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("combine_appid", combined.appid());
    ArrayNode subOrders = body.putArray("sub_orders");
    for (SubOrder subOrder : combined.subOrders()) {
      ObjectNode one = subOrders.addObject();
      one.put("mchid", subOrder.merchant());
      one.put("out_trade_no", subOrder.orderNo());
    }
    return body.toString();
  }

  private String transactions() {
    return partner == null ? "/v3/pay/transactions" : "/v3/pay/partner/transactions";
  }

  private String merchantQuery() {
    return partner == null
        ? "?mchid=" + encoded(mchid)
        : "?sp_mchid=" + encoded(partner) + "&sub_mchid=" + encoded(mchid);
  }

  // The JDK's encoder is for forms; in a path a blank is %20.
  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
