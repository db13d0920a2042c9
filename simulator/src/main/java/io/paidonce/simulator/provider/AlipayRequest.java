package io.paidonce.simulator.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.Money;
import io.paidonce.contract.RawBytes;
import io.paidonce.providers.StrictJson;
import io.paidonce.providers.UnreadableContentException;
import io.paidonce.simulator.Dialect;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request to Alipay. Without a right signature of a known application nothing is done. */
final class AlipayRequest implements Request {

  private static final Map<String, Asked.Kind> METHODS =
      Map.of(
          "alipay.trade.query", Asked.Kind.QUERY,
          "alipay.trade.close", Asked.Kind.CLOSE,
          "alipay.trade.refund", Asked.Kind.REFUND,
          "alipay.trade.fastpay.refund.query", Asked.Kind.QUERY_REFUND,
          "alipay.open.app.alipaycert.download", Asked.Kind.CERTIFICATES);

  private final AlipayParameters parameters;
  private final @Nullable AlipayApplication application;
  private final JsonNode content;
  private final Asked asked;
  private final Instant now;

  AlipayRequest(AlipayParameters parameters, @Nullable AlipayApplication application, Instant now) {
    this.parameters = parameters;
    this.application = application;
    this.content = content(parameters.get("biz_content"));
    this.asked = asked(parameters, content);
    this.now = now;
  }

  @Override
  public Asked asked() {
    return asked;
  }

  @Override
  public Said carryOut() {
    AlipayApplication asking = application;
    if (asking == null) {
      return unsigned("40002", "Invalid Arguments", "isv.invalid-app-id", "无效的AppID参数");
    }
    if (!isAuthentic(asking)) {
      return unsigned("40002", "Invalid Arguments", "isv.invalid-signature", "无效签名");
    }
    return switch (asked.kind()) {
      case QUERY, QUERY_TRANSACTION ->
          trade(asking).map(t -> success(AlipayContent.trade(t))).orElseGet(this::notFound);
      case CLOSE -> close(asking);
      case REFUND -> refund(asking);
      case QUERY_REFUND -> refundState(asking);
      case CERTIFICATES -> certificate(asking);
      default -> unsigned("40002", "Invalid Arguments", "isv.invalid-method", "不存在的方法名");
    };
  }

  @Override
  public Said aboutAnother() {
    AlipayApplication asking = application;
    if (asking == null || !isAuthentic(asking)) {
      return carryOut();
    }
    TradeRefund refund =
        new TradeRefund("R-OF-ANOTHER", "50", 1, TradeRefund.State.SUCCEEDED, now, now);
    Trade other =
        new Trade(
            "ANOTHER-ORDER",
            null,
            "20260000OFANOTHER",
            1,
            Trade.State.PAID,
            now,
            now,
            now,
            List.of());
    return switch (asked.kind()) {
      case CLOSE -> success(AlipayContent.named(other));
      case REFUND -> success(AlipayContent.refunded(other, refund, true));
      case QUERY_REFUND -> success(AlipayContent.refund(other, refund, true));
      case CERTIFICATES -> carryOut();
      default -> success(AlipayContent.trade(other));
    };
  }

  @Override
  public Said notFound() {
    return failure("ACQ.TRADE_NOT_EXIST", "交易不存在");
  }

  @Override
  public Said throttled() {
    return new Said(
        429,
        "isv.app-call-limited",
        AlipayContent.error("40005", "Call Limited", "isv.app-call-limited", "应用调用次数超限"),
        false);
  }

  @Override
  public Said failed() {
    return new Said(
        500,
        "isp.unknow-error",
        AlipayContent.error("20000", "Service Currently Unavailable", "isp.unknow-error", "系统繁忙"),
        false);
  }

  /** In the charset of the request, which the signature is over too. */
  @Override
  public ApiAnswer written(Said said, Hand hand) {
    Charset charset = parameters.charset();
    String node = parameters.get("method").replace('.', '_') + "_response";
    String text = String.valueOf(said.content());
    StringBuilder body = new StringBuilder("{\"" + node + "\":" + text);
    if (application != null && hand != Hand.NOBODY) {
      byte[] signed = (hand == Hand.RIGHT ? text : text + " ").getBytes(charset);
      body.append(",\"sign\":\"").append(application.signer().signature(signed)).append('"');
      AlipayCertificates certificates = application.certificates();
      if (certificates != null) {
        body.append(",\"alipay_cert_sn\":\"").append(certificates.alipaySn()).append('"');
      }
    }
    return new ApiAnswer(
        said.status(),
        Map.of("Content-Type", "text/html;charset=" + charset.name().toLowerCase(Locale.ROOT)),
        RawBytes.of(body.append('}').toString().getBytes(charset)));
  }

  // Who goes by certificates names the one that the signature is to be verified with.
  private boolean isAuthentic(AlipayApplication claimed) {
    AlipayCertificates certificates = claimed.certificates();
    return (certificates == null
            || parameters.get("app_cert_sn").equals(certificates.applicationSn()))
        && parameters.isSignedBy(claimed.publicKey());
  }

  private Said certificate(AlipayApplication asking) {
    AlipayCertificates certificates = asking.certificates();
    if (certificates == null
        || !content.path("alipay_cert_sn").asText("").equals(certificates.alipaySn())) {
      return failure("isv.invalid-parameter", "证书不存在");
    }
    byte[] pem = certificates.alipayPem().getBytes(UTF_8);
    return success(
        AlipayContent.success()
            .put("alipay_cert_content", Base64.getEncoder().encodeToString(pem)));
  }

  // trade_no wins where both are given. Nobody has seen a prepared trade, so there is none.
  private Optional<Trade> trade(AlipayApplication asking) {
    String tradeNo = content.path("trade_no").asText("");
    Optional<Trade> trade =
        tradeNo.isEmpty()
            ? asking.book().byOrderNo(content.path("out_trade_no").asText(""))
            : asking.book().byTransactionId(tradeNo);
    return trade.filter(found -> found.state() != Trade.State.PREPARED);
  }

  // Only what waits for its buyer can be closed: a closed one is refused like a paid one.
  private Said close(AlipayApplication asking) {
    Trade trade = trade(asking).orElse(null);
    if (trade == null) {
      return notFound();
    }
    Booking<Trade> closing = asking.book().close(trade.orderNo());
    return closing.isDone() && closing.isNew()
        ? success(AlipayContent.named(closing.get()))
        : failure("ACQ.TRADE_STATUS_ERROR", "交易状态不合法");
  }

  private Said refund(AlipayApplication asking) {
    Trade trade = trade(asking).orElse(null);
    if (trade == null) {
      return notFound();
    }
    long amountMinor = fen(content.path("refund_amount").asText(""));
    String number = content.path("out_request_no").asText("");
    if (amountMinor <= 0 || (number.isEmpty() && amountMinor != trade.amountMinor())) {
      return failure("ACQ.INVALID_PARAMETER", "参数无效");
    }
    // Refunded as a whole, it needs no number, and gets the order's.
    Booking<TradeRefund> booking =
        asking
            .book()
            .refund(trade.orderNo(), number.isEmpty() ? trade.orderNo() : number, amountMinor);
    if (!booking.isDone()) {
      return refusedRefund(booking.why());
    }
    boolean moved = booking.isNew() && booking.get().state() == TradeRefund.State.SUCCEEDED;
    Trade after = asking.book().byOrderNo(trade.orderNo()).orElseThrow();
    return success(AlipayContent.refunded(after, booking.get(), moved));
  }

  private static Said refusedRefund(TradeRefusal refusal) {
    return switch (refusal) {
      case OTHER_CONTENT -> failure("ACQ.DISCORDANT_REPEAT_REQUEST", "请求信息不一致");
      case MORE_THAN_LEFT, TOO_MANY_REFUNDS -> failure("ACQ.REASON_TRADE_REFUND_FEE_ERR", "退款金额无效");
      case TOO_LATE -> failure("ACQ.TRADE_HAS_FINISHED", "交易已经完结");
      default -> failure("ACQ.TRADE_STATUS_ERROR", "交易状态不合法");
    };
  }

  // A refund that did not go through is not told from one that never came: both are left out.
  private Said refundState(AlipayApplication asking) {
    Trade trade = trade(asking).orElse(null);
    if (trade == null) {
      return notFound();
    }
    boolean withTime = false;
    for (JsonNode option : content.path("query_options")) {
      withTime |= option.asText("").equals("gmt_refund_pay");
    }
    TradeRefund refund =
        trade
            .refund(content.path("out_request_no").asText(""))
            .filter(found -> found.state() == TradeRefund.State.SUCCEEDED)
            .orElse(null);
    return success(
        refund == null ? AlipayContent.success() : AlipayContent.refund(trade, refund, withTime));
  }

  private static Asked asked(AlipayParameters parameters, JsonNode content) {
    Asked.Kind kind = METHODS.getOrDefault(parameters.get("method"), Asked.Kind.UNREADABLE);
    String tradeNo = content.path("trade_no").asText("");
    String order = tradeNo.isEmpty() ? content.path("out_trade_no").asText("") : tradeNo;
    if (kind == Asked.Kind.CERTIFICATES) {
      order = "";
    } else if (kind == Asked.Kind.QUERY && !tradeNo.isEmpty()) {
      kind = Asked.Kind.QUERY_TRANSACTION;
    } else if (kind == Asked.Kind.REFUND || kind == Asked.Kind.QUERY_REFUND) {
      order = content.path("out_request_no").asText(order);
    }
    return new Asked(Dialect.ALIPAY.protocol(), parameters.get("app_id"), kind, order);
  }

  private static JsonNode content(String text) {
    try {
      return StrictJson.object(text.getBytes(UTF_8), "biz_content");
    } catch (UnreadableContentException e) {
      return JsonNodeFactory.instance.objectNode();
    }
  }

  private static long fen(String yuan) {
    try {
      return Money.parseMajor(yuan, "CNY").amountMinor();
    } catch (IllegalArgumentException e) {
      return 0;
    }
  }

  private static Said success(ObjectNode content) {
    return Said.success(200, content);
  }

  private static Said failure(String subCode, String subMsg) {
    return new Said(
        200, subCode, AlipayContent.error("40004", "Business Failed", subCode, subMsg), true);
  }

  private static Said unsigned(String code, String msg, String subCode, String subMsg) {
    return new Said(200, subCode, AlipayContent.error(code, msg, subCode, subMsg), false);
  }
}
