package io.paidonce.providers.alipay;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.RawBytes;
import io.paidonce.providers.PlayedProvider.Sent;
import io.paidonce.providers.RsaSignature;
import io.paidonce.providers.TestKeys;
import java.nio.charset.Charset;
import java.security.KeyPair;
import java.util.Locale;
import java.util.Map;

/** Alipay's answers, as it documents them, for the application of {@link AlipayFixture}. */
final class AlipayAnswers {

  static final String QUERY = "alipay_trade_query_response";
  static final String REFUND_QUERY = "alipay_trade_fastpay_refund_query_response";

  private AlipayAnswers() {}

  static ObjectNode success() {
    return JsonNodeFactory.instance.objectNode().put("code", "10000").put("msg", "Success");
  }

  static ObjectNode trade(String status) {
    ObjectNode content = success();
    content.put("buyer_logon_id", "158****1562");
    content.put("buyer_user_id", "2088000000000001");
    content.put("buyer_pay_amount", "0.00");
    content.put("out_trade_no", AlipayFixture.NOTICE.orderNo());
    content.put("receipt_amount", "0.00");
    content.put("total_amount", "12.00");
    content.put("trade_no", AlipayFixture.NOTICE.transactionId());
    return content.put("trade_status", status);
  }

  static ObjectNode paid(String status) {
    return trade(status).put("send_pay_date", "2026-01-31 20:00:00");
  }

  static ObjectNode refund() {
    ObjectNode content = success();
    content.put("gmt_refund_pay", "2026-02-01 20:00:00");
    content.put("out_request_no", AlipayFixture.REFUND.merchantRefundNo());
    content.put("out_trade_no", AlipayFixture.NOTICE.orderNo());
    content.put("refund_amount", "5.00");
    content.put("refund_status", "REFUND_SUCCESS");
    content.put("total_amount", "12.00");
    return content.put("trade_no", AlipayFixture.NOTICE.transactionId());
  }

  static ObjectNode failure(String code, String subCode) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("code", code)
        .put("msg", "Business Failed")
        .put("sub_code", subCode)
        .put("sub_msg", "交易不存在");
  }

  static Sent signed(String node, ObjectNode content) {
    return body(node, content.toString(), sign(content.toString(), TestKeys.PLATFORM));
  }

  static Sent unsigned(String node, ObjectNode content) {
    return text("{\"" + node + "\":" + content + "}");
  }

  static Sent body(String node, String content, String sign) {
    return text("{\"" + node + "\":" + content + ",\"sign\":\"" + sign + "\"}");
  }

  static Sent text(String body) {
    return text(body, UTF_8);
  }

  static Sent text(String body, Charset charset) {
    return new Sent(
        200,
        Map.of("Content-Type", "text/html;charset=" + charset.name().toLowerCase(Locale.ROOT)),
        RawBytes.of(body.getBytes(charset)),
        false);
  }

  static String sign(String content, KeyPair key) {
    return RsaSignature.sign(key.getPrivate(), content.getBytes(UTF_8));
  }
}
