package io.paidonce.providers.wechatv2;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.RawBytes;
import io.paidonce.providers.PlayedProvider.Sent;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The platform's answers, as it documents them, for the merchant of {@link WechatV2Fixture}. */
final class WechatV2Answers {

  private WechatV2Answers() {}

  /** What every answer has whose question was understood. */
  static SortedMap<String, String> success() {
    SortedMap<String, String> fields = new TreeMap<>();
    fields.put("return_code", "SUCCESS");
    fields.put("return_msg", "OK");
    fields.put("appid", WechatV2Fixture.APPID);
    fields.put("mch_id", WechatV2Fixture.MCHID);
    fields.put("nonce_str", "IITRi8Iabbblz1Jc");
    fields.put("result_code", "SUCCESS");
    return fields;
  }

  /** Of an order that nobody paid: its number and little else. */
  static SortedMap<String, String> order(String tradeState) {
    SortedMap<String, String> fields = success();
    fields.put("out_trade_no", "ORDER-1");
    fields.put("trade_state", tradeState);
    fields.put("trade_state_desc", "订单未支付");
    fields.put("attach", "");
    return fields;
  }

  static SortedMap<String, String> paid(String tradeState) {
    SortedMap<String, String> fields = order(tradeState);
    fields.put("openid", "o-simulated-payer");
    fields.put("is_subscribe", "N");
    fields.put("trade_type", "NATIVE");
    fields.put("bank_type", "OTHERS");
    fields.put("total_fee", "1200");
    fields.put("cash_fee", "1000");
    fields.put("coupon_fee", "200");
    fields.put("coupon_count", "1");
    fields.put("coupon_id_0", "10000");
    fields.put("coupon_fee_0", "200");
    fields.put("fee_type", "CNY");
    fields.put("transaction_id", "4200001234");
    fields.put("time_end", "20260131200000");
    fields.put("attach", "附加 & <数据> ]]>");
    return fields;
  }

  /** Of the refund that {@code out_refund_no} asks for. */
  static SortedMap<String, String> refund(String status) {
    SortedMap<String, String> fields = success();
    fields.put("transaction_id", "4200001234");
    fields.put("out_trade_no", "ORDER-1");
    fields.put("total_fee", "1200");
    fields.put("cash_fee", "1000");
    fields.put("refund_fee", "500");
    fields.put("refund_count", "1");
    refund(fields, 0, "R-1", status);
    return fields;
  }

  static void refund(Map<String, String> fields, int number, String refundNo, String status) {
    fields.put("out_refund_no_" + number, refundNo);
    fields.put("refund_id_" + number, "503000000" + (number + 1));
    fields.put("refund_channel_" + number, "ORIGINAL");
    fields.put("refund_fee_" + number, "500");
    fields.put("refund_status_" + number, status);
    fields.put("refund_recv_accout_" + number, "支付用户的零钱");
    if (status.equals("SUCCESS")) {
      fields.put("refund_success_time_" + number, "2026-01-31 20:00:00");
    }
  }

  static SortedMap<String, String> error(String code) {
    SortedMap<String, String> fields = success();
    fields.put("result_code", "FAIL");
    fields.put("err_code", code);
    fields.put("err_code_des", "此交易订单号不存在");
    return fields;
  }

  static Sent signed(Map<String, String> fields) {
    return Sent.of(200, WechatV2Fixture.signer().answer(fields));
  }

  static Sent unsigned(Map<String, String> fields) {
    return xml(XmlFields.written(XmlFields.ROOT, fields));
  }

  static Sent xml(String body) {
    return new Sent(
        200, Map.of("Content-Type", "text/plain"), RawBytes.of(body.getBytes(UTF_8)), false);
  }

  static SortedMap<String, String> with(
      SortedMap<String, String> fields, String name, String value) {
    SortedMap<String, String> changed = new TreeMap<>(fields);
    if (value == null) {
      changed.remove(name);
    } else {
      changed.put(name, value);
    }
    return changed;
  }
}
