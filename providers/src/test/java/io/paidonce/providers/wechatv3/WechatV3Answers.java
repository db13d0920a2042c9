package io.paidonce.providers.wechatv3;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.RawBytes;
import io.paidonce.providers.CallbackSigner.PaidNotice;
import io.paidonce.providers.CallbackSigner.RefundNotice;
import io.paidonce.providers.Callbacks;
import io.paidonce.providers.PlayedProvider.Sent;
import java.time.Instant;

/** The platform's answers, as it documents them, for the merchant of {@link WechatV3Fixture}. */
final class WechatV3Answers {

  private static final WechatV3Signer SIGNER = WechatV3Fixture.signer();

  private WechatV3Answers() {}

  /** The content of a query's answer. */
  static ObjectNode order(PaidNotice payment) {
    return SIGNER.resource(payment);
  }

  /** Of an order that nobody paid: most fields are missing. */
  static ObjectNode order(PaidNotice unpaid, String tradeState) {
    ObjectNode content = SIGNER.resource(unpaid);
    content.retain("mchid", "appid", "out_trade_no", "trade_state_desc", "attach");
    content.put("trade_state", tradeState);
    content.putObject("amount").put("total", unpaid.amountMinor());
    return content;
  }

  /** The content of a refund's answer, which names no merchant and says status. */
  static ObjectNode refund(RefundNotice refund, String status) {
    ObjectNode content = SIGNER.resource(refund);
    content.remove("mchid");
    content.remove("refund_status");
    content.put("status", status);
    content.put("channel", "ORIGINAL");
    content.put("create_time", "2026-01-31T20:00:00+08:00");
    if (!status.equals("SUCCESS")) {
      content.put("success_time", "0001-01-01T00:00:00Z");
    }
    ((ObjectNode) content.get("amount")).put("currency", "CNY");
    return content;
  }

  static Sent signed(ObjectNode content) {
    return signed(200, content.toString());
  }

  static Sent signed(int status, String body) {
    return signed(status, body, Callbacks.NOW);
  }

  static Sent signed(int status, String body, Instant sentAt) {
    return Sent.of(status, SIGNER.body(RawBytes.of(body.getBytes(UTF_8)), sentAt));
  }
}
