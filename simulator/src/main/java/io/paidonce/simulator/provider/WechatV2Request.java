package io.paidonce.simulator.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.RawBytes;
import io.paidonce.simulator.provider.TradeRefund.State;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One request to WeChat Pay v2. Whatever is answered has HTTP status 200; {@code return_code} says
 * whether the message was understood, {@code result_code} what came of it.
 */
final class WechatV2Request implements Request {

  static final String PROTOCOL = "wechat-v2";

  private static final Map<String, Asked.Kind> PATHS =
      Map.of(
          "/pay/orderquery", Asked.Kind.QUERY,
          "/pay/closeorder", Asked.Kind.CLOSE,
          "/pay/refundquery", Asked.Kind.QUERY_REFUND);
  private final SortedMap<String, String> fields;
  private final @Nullable WechatV2Merchant merchant;
  private final Asked asked;

  WechatV2Request(
      ApiCall call, SortedMap<String, String> fields, @Nullable WechatV2Merchant merchant) {
    this.fields = fields;
    this.merchant = merchant;
    this.asked = asked(call, fields);
  }

  @Override
  public Asked asked() {
    return asked;
  }

  @Override
  public Said carryOut() {
    WechatV2Merchant asking = merchant;
    if (asking == null || !isAuthentic(asking)) {
      return notUnderstood("签名错误");
    }
    if (!field("appid").equals(asking.appid())) {
      return failure("APPID_MCHID_NOT_MATCH", "appid和mch_id不匹配", true);
    }
    return switch (asked.kind()) {
      case QUERY, QUERY_TRANSACTION ->
          trade(asking).map(t -> success(WechatV2Content.order(t))).orElseGet(this::notFound);
      case CLOSE -> close(asking);
      case QUERY_REFUND -> refundState(asking);
      default -> notUnderstood("接口不存在");
    };
  }

  @Override
  public Said aboutAnother() {
    WechatV2Merchant asking = merchant;
    if (asking == null || !isAuthentic(asking)) {
      return carryOut();
    }
    Instant then = Instant.EPOCH;
    TradeRefund refund = new TradeRefund("R-OF-ANOTHER", "50", 1, State.SUCCEEDED, then, then);
    Trade other =
        new Trade(
            "ANOTHER-ORDER",
            null,
            "420000OFANOTHER",
            1,
            Trade.State.PAID,
            then,
            then,
            then,
            List.of());
    return switch (asked.kind()) {
      case CLOSE -> success(WechatV2Content.result("SUCCESS"));
      case QUERY_REFUND -> success(WechatV2Content.refund(other, refund));
      default -> success(WechatV2Content.order(other));
    };
  }

  @Override
  public Said notFound() {
    return asked.kind() == Asked.Kind.QUERY_REFUND
        ? failure("REFUNDNOTEXIST", "退款订单不存在", true)
        : failure("ORDERNOTEXIST", "订单不存在", true);
  }

  @Override
  public Said throttled() {
    return failure("FREQUENCY_LIMITED", "频率限制", false);
  }

  @Override
  public Said failed() {
    return failure("SYSTEMERROR", "系统错误", false);
  }

  @Override
  public ApiAnswer written(Said said, Hand hand) {
    SortedMap<String, String> answer = new TreeMap<>();
    ObjectNode content = said.content();
    if (content != null) {
      content.properties().forEach(f -> answer.put(f.getKey(), f.getValue().asText()));
    }
    WechatV2Merchant asking = merchant;
    if (asking != null && hand != Hand.NOBODY) {
      answer.put("appid", asking.appid());
      answer.put("mch_id", asking.mchid());
      answer.put("nonce_str", HexFormat.of().toHexDigits(answer.hashCode()) + "5d2b6c2a8db53831");
      if (!field("sign_type").isEmpty()) {
        answer.put("sign_type", field("sign_type"));
      }
      String sign = WechatV2Fields.signature(answer, asking.apiKey());
      answer.put("sign", hand == Hand.RIGHT ? sign : new StringBuilder(sign).reverse().toString());
    }
    return new ApiAnswer(
        said.status(),
        Map.of("Content-Type", "text/plain"),
        RawBytes.of(WechatV2Fields.written(answer)));
  }

  private boolean isAuthentic(WechatV2Merchant claimed) {
    return MessageDigest.isEqual(
        field("sign").getBytes(UTF_8),
        WechatV2Fields.signature(fields, claimed.apiKey()).getBytes(UTF_8));
  }

  private String field(String name) {
    return fields.getOrDefault(name, "");
  }

  private Optional<Trade> trade(WechatV2Merchant asking) {
    String transactionId = field("transaction_id");
    return (transactionId.isEmpty()
            ? asking.book().byOrderNo(field("out_trade_no"))
            : asking
                .book()
                .byTransactionId(transactionId)
                .filter(found -> found.state() == Trade.State.PAID))
        .filter(found -> !found.isCombined());
  }

  private Said close(WechatV2Merchant asking) {
    Trade trade = trade(asking).orElse(null);
    if (trade == null) {
      return notFound();
    }
    Booking<Trade> closing = asking.book().close(trade.orderNo());
    if (!closing.isDone()) {
      return failure("ORDERPAID", "订单已支付", true);
    }
    return closing.isNew()
        ? success(WechatV2Content.result("SUCCESS"))
        : failure("ORDERCLOSED", "订单已关闭", true);
  }

  private Said refundState(WechatV2Merchant asking) {
    String refundNo = field("out_refund_no");
    return asking
        .book()
        .byRefundNo(refundNo)
        .map(trade -> success(WechatV2Content.refund(trade, trade.refund(refundNo).orElseThrow())))
        .orElseGet(this::notFound);
  }

  private static Asked asked(ApiCall call, Map<String, String> fields) {
    Asked.Kind kind = PATHS.getOrDefault(call.path(), Asked.Kind.UNREADABLE);
    String transactionId = fields.getOrDefault("transaction_id", "");
    String order =
        transactionId.isEmpty() ? fields.getOrDefault("out_trade_no", "") : transactionId;
    if (kind == Asked.Kind.QUERY && !transactionId.isEmpty()) {
      kind = Asked.Kind.QUERY_TRANSACTION;
    } else if (kind == Asked.Kind.QUERY_REFUND) {
      order = fields.getOrDefault("out_refund_no", order);
    }
    return new Asked(PROTOCOL, fields.getOrDefault("mch_id", ""), kind, order);
  }

  private static Said success(ObjectNode content) {
    return Said.success(200, content);
  }

  private static Said failure(String code, String description, boolean isSigned) {
    return new Said(
        200,
        code,
        WechatV2Content.result("FAIL").put("err_code", code).put("err_code_des", description),
        isSigned);
  }

  private static Said notUnderstood(String why) {
    return new Said(
        200,
        "FAIL",
        JsonNodeFactory.instance.objectNode().put("return_code", "FAIL").put("return_msg", why),
        false);
  }
}
