package io.paidonce.providers.alipay;

import io.paidonce.contract.Money;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.contract.Witness;
import io.paidonce.providers.UnreadableContentException;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a form states, once its signature holds. */
final class AlipayNotice {

  // FINISHED is the first and only paid notice of contracts that know no refund.
  private static final Set<String> PAID = Set.of("TRADE_SUCCESS", "TRADE_FINISHED");
  private static final String CLOSED = "TRADE_CLOSED";
  private static final Set<String> READ =
      Set.of(
          "app_id",
          "charset",
          "gmt_payment",
          "gmt_refund",
          "notify_id",
          "notify_type",
          "out_biz_no",
          "out_trade_no",
          "refund_fee",
          "seller_id",
          "total_amount",
          "trade_no",
          "trade_status");
  private final FormBody form;

  private AlipayNotice(FormBody form) {
    this.form = form;
  }

  /**
   * The notice of a form.
   *
   * @throws UnreadableContentException where the signed text can be cut into parameters in two ways
   */
  static AlipayNotice of(FormBody form) throws UnreadableContentException {
    refuseAmbiguity(form);
    return new AlipayNotice(form);
  }

  /** Whether it says paid, or that what was paid went back in full. */
  boolean isPaid() throws UnreadableContentException {
    return PAID.contains(orEmpty("trade_status")) || (isClosed() && isRefund());
  }

  /**
   * Whether it tells of a refund. The fee alone stands in payment notices too, as 0.00, and one
   * status serves for paid and for refunded in part.
   */
  boolean isRefund() throws UnreadableContentException {
    boolean timed = value("gmt_refund") != null;
    if (isClosed()) {
      // Unpaid or refunded: with one half of a refund it could be either, and guessing would lose
      // a refund without a trace.
      if (timed != hasFee()) {
        throw new UnreadableContentException(
            "TRADE_CLOSED with only one of gmt_refund and a refund_fee above 0");
      }
      return timed;
    }
    return PAID.contains(orEmpty("trade_status")) && timed && hasFee();
  }

  /** Whether a trade ended that nobody paid. */
  boolean isClosedUnpaid() throws UnreadableContentException {
    return isClosed() && !isRefund();
  }

  private boolean isClosed() {
    return orEmpty("trade_status").equals(CLOSED);
  }

  private boolean hasFee() throws UnreadableContentException {
    if (value("refund_fee") == null) {
      return false;
    }
    long feeMinor = yuan("refund_fee").amountMinor();
    if (feeMinor < 0) {
      throw new UnreadableContentException("refund_fee is less than 0");
    }
    return feeMinor > 0;
  }

  String eventType() throws UnreadableContentException {
    String status = value("trade_status");
    return status != null ? status : required("notify_type");
  }

  @Nullable String orderNo() {
    return value("out_trade_no");
  }

  /** Of a notice that means nothing without it. */
  String requiredOrderNo() throws UnreadableContentException {
    return required("out_trade_no");
  }

  @Nullable String notificationId() {
    return value("notify_id");
  }

  /** The fact, of a notice that {@link #isPaid}. */
  PaymentFact payment(AlipayConfig config, Instant receivedAt) throws UnreadableContentException {
    required("out_trade_no");
    Money money = charged();
    try {
      return new PaymentFact(
          AlipayProtocol.PROVIDER,
          config.id(),
          required("trade_no"),
          money.amountMinor(),
          money.currency(),
          required("seller_id") + "/" + required("app_id"),
          config.sellerId() + "/" + config.id(),
          time("gmt_payment"),
          receivedAt,
          Witness.CALLBACK);
    } catch (IllegalArgumentException e) {
      throw UnreadableContentException.of(e);
    }
  }

  /** The fact, of a notice that {@link #isRefund}. */
  RefundFact refund(AlipayConfig config, Instant receivedAt) throws UnreadableContentException {
    required("out_trade_no");
    requireWhatGuardsARefund();
    @Nullable String refundNo = refundNo();
    try {
      return new RefundFact(
          AlipayProtocol.PROVIDER,
          config.id(),
          required("trade_no"),
          refundNo == null ? RefundFact.FULL : refundNo,
          refundNo,
          RefundOutcome.SUCCEEDED,
          null,
          // Of all refunds so far; what this one returned is not said.
          yuan("refund_fee").amountMinor(),
          charged().amountMinor(),
          AlipayText.CURRENCY,
          time("gmt_refund"),
          receivedAt,
          Witness.CALLBACK);
    } catch (IllegalArgumentException e) {
      throw UnreadableContentException.of(e);
    }
  }

  // A refund that was asked for without a number gets the trade's own.
  private @Nullable String refundNo() {
    @Nullable String refundNo = value("out_biz_no");
    return refundNo == null
            || refundNo.equals(value("trade_no"))
            || refundNo.equals(value("out_trade_no"))
        ? null
        : refundNo;
  }

  // What the order was charged; receipt_amount and buyer_pay_amount are less after discounts.
  private Money charged() throws UnreadableContentException {
    return AlipayText.positiveYuan("total_amount", required("total_amount"));
  }

  // See refuseAmbiguity: with these present, whatever cuts a gmt_refund or an out_biz_no out of a
  // free text has to swallow one of them, and is seen. Every notice of a refund has both.
  private void requireWhatGuardsARefund() throws UnreadableContentException {
    required("gmt_payment");
    required("notify_type");
  }

  // The signed text joins values as they are, so a value (a subject chosen by a buyer, say) that
  // holds "&total_amount=9.99" could be cut off there by anyone who resends the notice. A forged
  // cut leaves the true parameter inside another value; a true notice with such a value looks
  // alike. Nor can a parameter be hidden: its "&name=" would stand in the value before it.
  //
  // A parameter that the true notice lacks leaves no such trace, but what stands between it and
  // the text it is cut out of does: names are sorted. The free texts are body, passback_params and
  // subject; the rest is the provider's own. What only some notices have:
  // - gmt_refund: only body stands before it, and between them gmt_payment (and charset).
  // - out_biz_no: only body stands before it, and between them notify_type (and others).
  // - refund_fee: passback_params stands before it with nothing between that is read. But it means
  //   nothing without gmt_refund, which can't be cut out; and where gmt_refund is true, so is a
  //   refund_fee, which a second one would have to swallow.
  // Behind subject stand only parameters that every notice has. So a refund is read only where
  // gmt_payment and notify_type are present, and a payment needs no more than the rule below.
  private static void refuseAmbiguity(FormBody form) throws UnreadableContentException {
    for (var parameter : form.parameters().entrySet()) {
      String[] pieces = parameter.getValue().text().split("&", -1);
      for (int i = 1; i < pieces.length; i++) {
        int equals = pieces[i].indexOf('=');
        if (equals > 0 && READ.contains(pieces[i].substring(0, equals))) {
          throw new UnreadableContentException(
              parameter.getKey()
                  + " holds the text of another parameter (&"
                  + pieces[i].substring(0, equals)
                  + "=), so that the signed content can be read in two ways");
        }
      }
    }
  }

  // The one way to read, so that nothing is read that the rule above does not watch.
  private @Nullable String value(String name) {
    if (!READ.contains(name)) {
      throw new IllegalStateException(name + " is not among the parameters that are read");
    }
    return form.text(name);
  }

  private String required(String name) throws UnreadableContentException {
    String value = value(name);
    if (value == null) {
      throw new UnreadableContentException(name + " is missing or blank");
    }
    return value;
  }

  private String orEmpty(String name) {
    String value = value(name);
    return value == null ? "" : value;
  }

  private Money yuan(String name) throws UnreadableContentException {
    return AlipayText.yuan(name, required(name));
  }

  private @Nullable Instant time(String name) throws UnreadableContentException {
    String value = value(name);
    return value == null ? null : AlipayText.time(name, value);
  }
}
