package io.paidonce.simulator.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.RawBytes;
import io.paidonce.providers.SignedCallback;
import io.paidonce.simulator.Dialect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request to WeChat Pay. Without a right signature of a known merchant nothing is done. */
final class WechatV3Request implements Request {

  private static final String SIGNATURE = "Wechatpay-Signature";
  private static final String SERIAL = "Wechatpay-Serial";

  private final ApiCall call;
  private final MerchantSignature signature;
  private final @Nullable WechatV3Merchant merchant;
  private final WechatV3Question question;
  private final Instant now;

  WechatV3Request(
      ApiCall call,
      MerchantSignature signature,
      @Nullable WechatV3Merchant merchant,
      WechatV3Question question,
      Instant now) {
    this.call = call;
    this.signature = signature;
    this.merchant = merchant;
    this.question = question;
    this.now = now;
  }

  @Override
  public Asked asked() {
    String account = question.subMchid().isEmpty() ? signature.mchid() : question.subMchid();
    return new Asked(Dialect.WECHAT_V3.protocol(), account, question.kind(), question.order());
  }

  @Override
  public Said carryOut() {
    if (merchant == null || !isAuthentic(merchant)) {
      return unsigned(401, "SIGN_ERROR", "签名错误");
    }
    if (call.header("User-Agent").isBlank() || !acceptsJson()) {
      return unsigned(400, "PARAM_ERROR", "缺少 User-Agent 或 Accept");
    }
    TradeBook book = book(merchant);
    if (book == null) {
      return notFound();
    }
    return switch (question.kind()) {
      case QUERY -> order(merchant, book.byOrderNo(question.order()).filter(t -> !t.isCombined()));
      case QUERY_TRANSACTION ->
          order(
              merchant,
              book.byTransactionId(question.order())
                  .filter(t -> !t.isCombined() && t.state() == Trade.State.PAID));
      case CLOSE -> close(merchant, book);
      case QUERY_COMBINED -> combined(merchant, book);
      case CLOSE_COMBINED -> closeCombined(merchant, book);
      case REFUND -> refund(book);
      case QUERY_REFUND -> refundState(book);
      case CERTIFICATES -> certificates(merchant);
      case UNREADABLE -> unsigned(404, "NOT_FOUND", "接口不存在");
    };
  }

  @Override
  public Said aboutAnother() {
    WechatV3Merchant asking = merchant;
    if (asking == null || !isAuthentic(asking)) {
      return carryOut();
    }
    TradeRefund refund =
        new TradeRefund("R-OF-ANOTHER", "50", 1, TradeRefund.State.SUCCEEDED, now, now);
    Trade other =
        new Trade(
            "ANOTHER-ORDER",
            null,
            "420000OFANOTHER",
            1,
            Trade.State.PAID,
            now,
            now,
            now,
            List.of());
    return switch (question.kind()) {
      case QUERY, QUERY_TRANSACTION ->
          success(WechatV3Content.order(asking, question.subMchid(), other));
      case QUERY_COMBINED ->
          success(WechatV3Content.combined(asking, "ANOTHER-COMBINATION", List.of(other)));
      case REFUND, QUERY_REFUND -> success(WechatV3Content.refund(other, refund));
      // Empty, so nothing in it tells that it closed something else.
      case CLOSE, CLOSE_COMBINED -> Said.success(204, null);
      case CERTIFICATES, UNREADABLE -> carryOut();
    };
  }

  @Override
  public Said notFound() {
    return switch (question.kind()) {
      case REFUND, QUERY_REFUND -> error(404, "RESOURCE_NOT_EXISTS", "退款单不存在");
      case CERTIFICATES, UNREADABLE -> error(404, "NOT_FOUND", "不存在");
      default -> error(404, "ORDER_NOT_EXIST", "订单不存在");
    };
  }

  @Override
  public Said throttled() {
    return unsigned(429, "FREQUENCY_LIMITED", "频率限制");
  }

  @Override
  public Said failed() {
    return unsigned(500, "SYSTEM_ERROR", "系统错误");
  }

  @Override
  public ApiAnswer written(Said said, Hand hand) {
    ObjectNode content = said.content();
    RawBytes body = RawBytes.of(content == null ? new byte[0] : content.toString().getBytes(UTF_8));
    if (merchant == null || hand == Hand.NOBODY) {
      return new ApiAnswer(said.status(), Map.of("Content-Type", "application/json"), body);
    }
    return new ApiAnswer(said.status(), headers(merchant, body, hand), body);
  }

  private Map<String, String> headers(WechatV3Merchant asking, RawBytes body, Hand hand) {
    PlatformSeal seal = asking.seal(call.header(SERIAL));
    RawBytes signed = hand == Hand.WRONG ? RawBytes.of("{}{}".getBytes(UTF_8)) : body;
    SignedCallback right = seal.signer().body(signed, now);
    Map<String, String> headers = new HashMap<>(right.headers());
    if (hand == Hand.STRANGER) {
      headers.put(SERIAL, "7F00000000000000000000000000000000000001");
    } else if (hand == Hand.PROBE) {
      String signature = requireNonNull(headers.get(SIGNATURE), SIGNATURE);
      headers.put(SIGNATURE, "WECHATPAY/SIGNTEST/" + signature.substring(19));
    }
    return headers;
  }

  private boolean isAuthentic(WechatV3Merchant claimed) {
    return signature.isRecent(now)
        && claimed
            .certificate(signature.serialNo())
            .map(key -> signature.signs(call, key))
            .orElse(false);
  }

  private boolean acceptsJson() {
    String accept = call.header("Accept");
    return accept.contains("application/json") || accept.contains("*/*");
  }

  private Said order(WechatV3Merchant asking, Optional<Trade> trade) {
    if (question.mchid().isEmpty()) {
      return error(400, "PARAM_ERROR", "缺少 mchid");
    }
    return isOwn(asking)
        ? trade
            .map(found -> success(WechatV3Content.order(asking, question.subMchid(), found)))
            .orElseGet(this::notFound)
        : notFound();
  }

  private Said close(WechatV3Merchant asking, TradeBook book) {
    if (question.mchid().isEmpty()) {
      return error(400, "PARAM_ERROR", "缺少 mchid");
    }
    boolean isCombined = book.byOrderNo(question.order()).filter(Trade::isCombined).isPresent();
    return isOwn(asking) && !isCombined ? closed(book.close(question.order())) : notFound();
  }

  private Said combined(WechatV3Merchant asking, TradeBook book) {
    List<Trade> trades = book.byCombineOrderNo(question.order());
    return trades.isEmpty()
        ? notFound()
        : success(WechatV3Content.combined(asking, question.order(), trades));
  }

  // The sub orders must be those of the beginning: a combination is closed as a whole.
  private Said closeCombined(WechatV3Merchant asking, TradeBook book) {
    List<Trade> trades = book.byCombineOrderNo(question.order());
    if (trades.isEmpty()) {
      return notFound();
    }
    List<String> named = new ArrayList<>();
    for (JsonNode subOrder : question.body().path("sub_orders")) {
      named.add(subOrder.path("mchid").asText("") + "/" + subOrder.path("out_trade_no").asText(""));
    }
    List<String> known =
        trades.stream().map(trade -> asking.mchid() + "/" + trade.orderNo()).toList();
    boolean same = known.size() == named.size() && named.containsAll(known);
    if (!same || !question.body().path("combine_appid").asText("").equals(asking.appid())) {
      return error(400, "PARAM_ERROR", "与下单时的子单不一致");
    }
    return closed(book.close(trades.get(0).orderNo()));
  }

  private Said closed(Booking<Trade> closing) {
    if (closing.isDone()) {
      return Said.success(204, null);
    }
    return closing.why() == TradeRefusal.ALREADY_PAID
        ? error(400, "ORDER_PAID", "订单已支付")
        : notFound();
  }

  private Said refund(TradeBook book) {
    JsonNode body = question.body();
    JsonNode amount = body.path("amount");
    if (question.order().isEmpty()
        || !amount.path("refund").isIntegralNumber()
        || !amount.path("total").isIntegralNumber()
        || !amount.path("currency").asText("").equals("CNY")) {
      return error(400, "PARAM_ERROR", "缺少 out_refund_no 或 amount");
    }
    Trade trade = refunded(book, body);
    if (trade == null) {
      return notFound();
    }
    if (amount.path("total").longValue() != trade.amountMinor()) {
      return error(400, "INVALID_REQUEST", "订单金额不一致");
    }
    Booking<TradeRefund> booking =
        book.refund(trade.orderNo(), question.order(), amount.path("refund").longValue());
    return booking.isDone()
        ? success(WechatV3Content.refund(trade, booking.get()))
        : error(400, "INVALID_REQUEST", booking.why().name());
  }

  private static @Nullable Trade refunded(TradeBook book, JsonNode body) {
    String transactionId = body.path("transaction_id").asText("");
    return transactionId.isEmpty()
        ? book.byOrderNo(body.path("out_trade_no").asText("")).orElse(null)
        : book.byTransactionId(transactionId).orElse(null);
  }

  private Said refundState(TradeBook book) {
    return book.byRefundNo(question.order())
        .map(
            trade ->
                success(
                    WechatV3Content.refund(trade, trade.refund(question.order()).orElseThrow())))
        .orElseGet(this::notFound);
  }

  private Said certificates(WechatV3Merchant asking) {
    return asking.seals().stream().anyMatch(PlatformSeal::isCertificate)
        ? success(WechatV3Content.certificates(asking.seals(), now))
        : notFound();
  }

  /** Whose trades are asked about; null where a partner asks for a stranger. */
  private @Nullable TradeBook book(WechatV3Merchant asking) {
    return question.subMchid().isEmpty()
        ? asking.book()
        : asking.subMerchants().get(question.subMchid());
  }

  private boolean isOwn(WechatV3Merchant asking) {
    return question.mchid().equals(asking.mchid());
  }

  private static Said success(ObjectNode content) {
    return Said.success(200, content);
  }

  private static Said error(int status, String code, String message) {
    return new Said(status, code, WechatV3Content.error(code, message), true);
  }

  private static Said unsigned(int status, String code, String message) {
    return new Said(status, code, WechatV3Content.error(code, message), false);
  }
}
