package io.paidonce.providers.wechatv2;

import io.paidonce.contract.Authentication;
import io.paidonce.contract.Evidence;
import io.paidonce.contract.Money;
import io.paidonce.contract.NotificationKind;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.StatedPayee;
import io.paidonce.providers.UnreadableContentException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a message states, in the same words as API v3 states it: a payment told by both is
 * one payment.
 *
 * @param orderNo the shop's order number; absent only where nothing is applied to an order
 */
record Statement(
    NotificationKind kind,
    @Nullable String orderNo,
    @Nullable PaymentFact payment,
    @Nullable RefundFact refund) {

  // v3 says ABNORMAL and CLOSED for the last two.
  private static final Map<String, RefundOutcome> OUTCOMES =
      Map.of(
          "SUCCESS", RefundOutcome.SUCCEEDED,
          "CHANGE", RefundOutcome.ABNORMAL,
          "REFUNDCLOSE", RefundOutcome.CLOSED);

  /** That the order of a message was paid. */
  static Statement paid(Message message, Hearing hearing) throws UnreadableContentException {
    // What the order was charged; cash_fee and settlement_total_fee are less where a coupon paid a
    // share.
    Money money = message.positive("total_fee");
    StatedPayee payee = payee(message, hearing.config());
    try {
      return new Statement(
          NotificationKind.PAYMENT,
          message.required("out_trade_no"),
          new PaymentFact(
              WechatV2Protocol.PROVIDER,
              hearing.config().id(),
              message.required("transaction_id"),
              money.amountMinor(),
              money.currency(),
              payee.actual(),
              payee.expected(),
              message.paidAt(),
              hearing.receivedAt(),
              hearing.witness()),
          null);
    } catch (IllegalArgumentException e) {
      throw UnreadableContentException.of(e);
    }
  }

  /** What the provider calls the end that a refund came to; empty where it is none. */
  static Optional<RefundOutcome> outcome(String refundStatus) {
    return Optional.ofNullable(OUTCOMES.get(refundStatus));
  }

  /** That one of the refunds that a message counts came to an end. */
  static Statement refunded(Message message, int number, RefundOutcome outcome, Hearing hearing)
      throws UnreadableContentException {
    requireOwn(message, hearing);
    return refunded(message, "_" + number, outcome, message.refundedAt(number), hearing);
  }

  /** That a refund came to an end, as its notice has it. */
  static Statement refundNoticed(
      Message outer, Message refund, RefundOutcome outcome, Hearing hearing)
      throws UnreadableContentException {
    requireOwn(outer, hearing);
    return refunded(refund, "", outcome, refund.refundedAt(), hearing);
  }

  // A payment to a stranger is a fact that waits as a mismatch. A refund carries no payee that
  // could be compared later, so a stranger's must not become one.
  private static void requireOwn(Message message, Hearing hearing)
      throws UnreadableContentException {
    if (!merchant(message).equals(hearing.config().id())) {
      throw new UnreadableContentException(
          "mch_id (or sub_mch_id) of the refund is not account " + hearing.config().id());
    }
  }

  private static Statement refunded(
      Message message,
      String suffix,
      RefundOutcome outcome,
      @Nullable Instant occurredAt,
      Hearing hearing)
      throws UnreadableContentException {
    Money money = message.positive("refund_fee" + suffix);
    try {
      return new Statement(
          NotificationKind.REFUND,
          message.required("out_trade_no"),
          null,
          new RefundFact(
              WechatV2Protocol.PROVIDER,
              hearing.config().id(),
              message.required("transaction_id"),
              message.required("refund_id" + suffix),
              message.required("out_refund_no" + suffix),
              outcome,
              money.amountMinor(),
              null,
              message.positive("total_fee").amountMinor(),
              money.currency(),
              occurredAt,
              hearing.receivedAt(),
              hearing.witness()));
    } catch (IllegalArgumentException e) {
      throw UnreadableContentException.of(e);
    }
  }

  /** Kept whole and applied to nothing. */
  static Statement unrecognised(Message message) {
    return new Statement(
        NotificationKind.UNRECOGNISED, message.text("out_trade_no").orElse(null), null, null);
  }

  /**
   * The statement as it is stored.
   *
   * @param word the provider's own word for it
   */
  PaymentNotification notification(
      String word,
      Authentication authentication,
      CallbackRequest received,
      Hearing hearing,
      Evidence evidence)
      throws UnreadableContentException {
    try {
      return new PaymentNotification(
          PaymentNotification.SCHEMA,
          WechatV2Protocol.PROVIDER,
          hearing.config().id(),
          WechatV2Protocol.ID,
          hearing.config().shop(),
          orderNo,
          kind,
          word,
          null,
          received.deliveryId(),
          authentication,
          hearing.witness(),
          hearing.receivedAt(),
          payment,
          refund,
          evidence);
    } catch (IllegalArgumentException e) {
      // All that comes from us was checked before, so it is the bounds of what the provider says.
      throw UnreadableContentException.of(e);
    }
  }

  // In partner mode the sub merchant is paid, and its own app or its partner's may be ours.
  private static StatedPayee payee(Message message, WechatV2Config config)
      throws UnreadableContentException {
    String merchant = merchant(message);
    if (config.appIds().isEmpty()) {
      return StatedPayee.ofMerchant(merchant, config.id());
    }
    Optional<String> ownApp =
        message.text("sub_mch_id").flatMap(partner -> message.text("sub_appid"));
    List<String> apps =
        Stream.concat(ownApp.stream(), Stream.of(message.required("appid"))).toList();
    return StatedPayee.ofApp(merchant, config.id(), apps, config.appIds());
  }

  private static String merchant(Message message) throws UnreadableContentException {
    Optional<String> sub = message.text("sub_mch_id");
    return sub.isPresent() ? sub.get() : message.required("mch_id");
  }
}
