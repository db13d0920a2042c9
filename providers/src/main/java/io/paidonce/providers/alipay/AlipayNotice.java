package io.paidonce.providers.alipay;

import io.paidonce.contract.Money;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.Witness;
import io.paidonce.providers.UnreadableContentException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a form states, once its signature holds. */
final class AlipayNotice {

  // FINISHED is the first and only paid notice of contracts that know no refund.
  private static final Set<String> PAID = Set.of("TRADE_SUCCESS", "TRADE_FINISHED");
  private static final Set<String> READ =
      Set.of(
          "app_id",
          "charset",
          "gmt_payment",
          "gmt_refund",
          "notify_id",
          "notify_type",
          "out_trade_no",
          "refund_fee",
          "seller_id",
          "total_amount",
          "trade_no",
          "trade_status");
  private static final String CURRENCY = "CNY";
  private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
          .optionalEnd()
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

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

  boolean isPaid() {
    return PAID.contains(orEmpty("trade_status"));
  }

  /** Whether it tells of a refund; the fee alone stands in payment notices too. */
  boolean isRefund() throws UnreadableContentException {
    return value("gmt_refund") != null
        && value("refund_fee") != null
        && yuan("refund_fee").amountMinor() > 0;
  }

  String eventType() throws UnreadableContentException {
    String status = value("trade_status");
    return status != null ? status : required("notify_type");
  }

  @Nullable String orderNo() {
    return value("out_trade_no");
  }

  @Nullable String notificationId() {
    return value("notify_id");
  }

  /** The fact, of a notice that {@link #isPaid}. */
  PaymentFact payment(AlipayConfig config, Instant receivedAt) throws UnreadableContentException {
    required("out_trade_no");
    // What the order was charged; receipt_amount and buyer_pay_amount are less after discounts.
    Money money = yuan("total_amount");
    if (money.amountMinor() <= 0 || money.amountMinor() > Money.MAX_AMOUNT_MINOR) {
      throw new UnreadableContentException(
          "total_amount is not from 1 to " + Money.MAX_AMOUNT_MINOR + " fen");
    }
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

  // The signed text joins values as they are, so a value (a subject chosen by a buyer, say) that
  // holds "&total_amount=9.99" could be cut off there by anyone who resends the notice. A forged
  // cut leaves the true parameter inside another value; a true notice with such a value looks
  // alike. A parameter that the true notice lacks leaves no such trace, but what stands between it
  // and the text it is cut out of does: names are sorted, and charset stands after body. Of the
  // free texts behind it only passback_params can give one, a refund_fee, which means nothing
  // without gmt_refund.
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
    String value = required(name);
    try {
      return Money.parseMajor(value, CURRENCY);
    } catch (IllegalArgumentException e) {
      throw new UnreadableContentException(
          name + " is not a decimal number of yuan with at most 2 decimals");
    }
  }

  private @Nullable Instant time(String name) throws UnreadableContentException {
    String value = value(name);
    if (value == null) {
      return null;
    }
    try {
      // Years have four digits; the JDK's parser knows signed and longer ones.
      if (value.indexOf('-') == 4) {
        return LocalDateTime.parse(value, TIME).toInstant(BEIJING);
      }
    } catch (DateTimeException e) {
      // Said below.
    }
    throw new UnreadableContentException(name + " is not a time like 2026-01-31 20:00:00");
  }
}
