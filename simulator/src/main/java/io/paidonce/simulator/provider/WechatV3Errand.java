package io.paidonce.simulator.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a merchant, known by its signature, asks of WeChat Pay, carried out on its book. */
final class WechatV3Errand {

  private final WechatV3Merchant merchant;
  private final WechatV3Question question;
  private final Instant now;

  WechatV3Errand(WechatV3Merchant merchant, WechatV3Question question, Instant now) {
    this.merchant = merchant;
    this.question = question;
    this.now = now;
  }

  Said carriedOut() {
    TradeBook book = book();
    if (book == null) {
      return notFound();
    }
    return switch (question.kind()) {
      case QUERY -> order(book.byOrderNo(question.order()).filter(t -> !t.isCombined()));
      case QUERY_TRANSACTION ->
          order(
              book.byTransactionId(question.order())
                  .filter(t -> !t.isCombined() && t.state() == Trade.State.PAID));
      case CLOSE -> close(book);
      case QUERY_COMBINED -> combined(book);
      case CLOSE_COMBINED -> closeCombined(book);
      case REFUND -> refund(book);
      case QUERY_REFUND -> refundState(book);
      case CERTIFICATES -> certificates();
      case UNREADABLE -> unsigned(404, "NOT_FOUND", "接口不存在");
    };
  }

  /** Does nothing, and speaks of another order. */
  Said aboutAnother() {
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
          success(WechatV3Content.order(merchant, question.subMchid(), other));
      case QUERY_COMBINED ->
          success(WechatV3Content.combined(merchant, "ANOTHER-COMBINATION", List.of(other)));
      case REFUND, QUERY_REFUND -> success(WechatV3Content.refund(other, refund));
      // Empty, so nothing in it tells that it closed something else.
      case CLOSE, CLOSE_COMBINED -> Said.success(204, null);
      case CERTIFICATES, UNREADABLE -> carriedOut();
    };
  }

  /** Denies that there is what a request is about. */
  static Said notFound(Asked.Kind kind) {
    return switch (kind) {
      case REFUND, QUERY_REFUND -> error(404, "RESOURCE_NOT_EXISTS", "退款单不存在");
      case CERTIFICATES, UNREADABLE -> error(404, "NOT_FOUND", "不存在");
      default -> error(404, "ORDER_NOT_EXIST", "订单不存在");
    };
  }

  private Said notFound() {
    return notFound(question.kind());
  }

  private Said order(Optional<Trade> trade) {
    if (question.mchid().isEmpty()) {
      return error(400, "PARAM_ERROR", "缺少 mchid");
    }
    return isOwn()
        ? trade
            .map(found -> success(WechatV3Content.order(merchant, question.subMchid(), found)))
            .orElseGet(this::notFound)
        : notFound();
  }

  private Said close(TradeBook book) {
    if (question.mchid().isEmpty()) {
      return error(400, "PARAM_ERROR", "缺少 mchid");
    }
    boolean isCombined = book.byOrderNo(question.order()).filter(Trade::isCombined).isPresent();
    return isOwn() && !isCombined ? closed(book.close(question.order())) : notFound();
  }

  private Said combined(TradeBook book) {
    List<Trade> trades = book.byCombineOrderNo(question.order());
    return trades.isEmpty()
        ? notFound()
        : success(WechatV3Content.combined(merchant, question.order(), trades));
  }

  // The sub orders must be those of the beginning: a combination is closed as a whole.
  private Said closeCombined(TradeBook book) {
    List<Trade> trades = book.byCombineOrderNo(question.order());
    if (trades.isEmpty()) {
      return notFound();
    }
    List<String> named = new ArrayList<>();
    for (JsonNode subOrder : question.body().path("sub_orders")) {
      named.add(subOrder.path("mchid").asText("") + "/" + subOrder.path("out_trade_no").asText(""));
    }
    List<String> known =
        trades.stream().map(trade -> merchant.mchid() + "/" + trade.orderNo()).toList();
    boolean same = known.size() == named.size() && named.containsAll(known);
    if (!same || !question.body().path("combine_appid").asText("").equals(merchant.appid())) {
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

  private Said certificates() {
    return merchant.seals().stream().anyMatch(PlatformSeal::isCertificate)
        ? success(WechatV3Content.certificates(merchant.seals(), now))
        : notFound();
  }

  /** Whose trades are asked about; null where a partner asks for a stranger. */
  private @Nullable TradeBook book() {
    return question.subMchid().isEmpty()
        ? merchant.book()
        : merchant.subMerchants().get(question.subMchid());
  }

  private boolean isOwn() {
    return question.mchid().equals(merchant.mchid());
  }

  private static Said success(ObjectNode content) {
    return Said.success(200, content);
  }

  private static Said error(int status, String code, String message) {
    return new Said(status, code, WechatV3Content.error(code, message), true);
  }

  /** Of what stands before the services themselves. */
  static Said unsigned(int status, String code, String message) {
    return new Said(status, code, WechatV3Content.error(code, message), false);
  }
}
