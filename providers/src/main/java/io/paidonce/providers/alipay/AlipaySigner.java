package io.paidonce.providers.alipay;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.paidonce.contract.Money;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.providers.CallbackSigner;
import io.paidonce.providers.SignedCallback;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.security.PrivateKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Alipay's side of a notice. Besides payments it signs any parameters in any of the charsets, so
 * that hostile content can come with a good signature.
 */
public final class AlipaySigner implements CallbackSigner {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
          .withZone(ZoneOffset.ofHours(8));

  private final PrivateKey key;
  private final SignType signType;
  private final String appId;
  private final String sellerId;
  private final Charset charset;

  /** Sends its forms as UTF-8. */
  public AlipaySigner(PrivateKey key, String appId, String sellerId) {
    this(key, appId, sellerId, UTF_8);
  }

  /** Sends its forms in a charset: UTF-8, GBK or GB2312. */
  public AlipaySigner(PrivateKey key, String appId, String sellerId, Charset charset) {
    this(key, SignType.of(key), appId, sellerId, charset);
  }

  /** Signs by a stated type: RSA is stated, the others follow from the key. */
  public AlipaySigner(
      PrivateKey key, SignType signType, String appId, String sellerId, Charset charset) {
    this.key = requireNonNull(key, "key");
    this.signType = requireNonNull(signType, "signType");
    this.appId = requireNonNull(appId, "appId");
    this.sellerId = requireNonNull(sellerId, "sellerId");
    this.charset = requireNonNull(charset, "charset");
  }

  @Override
  public SignedCallback payment(PaidNotice payment, Instant sentAt) {
    return form(parameters(payment, sentAt));
  }

  @Override
  public SignedCallback refund(RefundNotice refund, Instant sentAt) {
    return form(parameters(refund, sentAt));
  }

  @Override
  public SignedCallback finished(PaidNotice payment, Instant sentAt) {
    SortedMap<String, String> parameters = parameters(payment, sentAt);
    parameters.put("trade_status", "TRADE_FINISHED");
    return form(parameters);
  }

  @Override
  public SignedCallback closed(PaidNotice unpaid, Instant sentAt) {
    SortedMap<String, String> parameters = parameters(unpaid, sentAt);
    parameters.put("trade_status", "TRADE_CLOSED");
    parameters.put("gmt_close", TIME.format(sentAt));
    parameters.remove("gmt_payment");
    parameters.remove("receipt_amount");
    parameters.remove("buyer_pay_amount");
    return form(parameters);
  }

  /** The unsigned parameters of a refund notice, to be changed and given to {@link #form}. */
  public SortedMap<String, String> parameters(RefundNotice refund, Instant sentAt) {
    if (refund.outcome() != RefundOutcome.SUCCEEDED) {
      throw new IllegalArgumentException(
          "these notices tell only of refunds that succeeded, not " + refund.outcome());
    }
    PaidNotice payment = refund.payment();
    boolean full = refund.refundedTotalMinor() >= payment.amountMinor();
    SortedMap<String, String> parameters = parameters(payment, sentAt);
    parameters.put("notify_id", refund.notificationId());
    parameters.put("trade_status", full ? "TRADE_CLOSED" : "TRADE_SUCCESS");
    parameters.put("refund_fee", Money.of(refund.refundedTotalMinor(), "CNY").major());
    parameters.put("gmt_refund", TIME.format(refund.refundedAt()) + ".0");
    String refundNo = refund.merchantRefundNo();
    parameters.put("out_biz_no", refundNo == null ? payment.transactionId() : refundNo);
    if (full) {
      parameters.put("gmt_close", TIME.format(refund.refundedAt()));
    }
    return parameters;
  }

  /** The unsigned parameters of a payment notice, to be changed and given to {@link #form}. */
  public SortedMap<String, String> parameters(PaidNotice payment, Instant sentAt) {
    if (!payment.currency().equals("CNY")) {
      throw new IllegalArgumentException(
          "these notices name no currency and mean CNY, not " + payment.currency());
    }
    String yuan = Money.of(payment.amountMinor(), "CNY").major();
    SortedMap<String, String> parameters = new TreeMap<>();
    parameters.put("notify_time", TIME.format(sentAt));
    parameters.put("notify_type", "trade_status_sync");
    parameters.put("notify_id", payment.notificationId());
    parameters.put("charset", charset.name().toLowerCase(Locale.ROOT));
    parameters.put("version", "1.0");
    parameters.put("app_id", appId);
    parameters.put("auth_app_id", appId);
    parameters.put("trade_no", payment.transactionId());
    parameters.put("out_trade_no", payment.orderNo());
    parameters.put("buyer_id", "2088000000000001");
    parameters.put("seller_id", sellerId);
    parameters.put("trade_status", "TRADE_SUCCESS");
    parameters.put("total_amount", yuan);
    parameters.put("receipt_amount", yuan);
    parameters.put("buyer_pay_amount", yuan);
    parameters.put("subject", "订单 " + payment.orderNo());
    parameters.put("gmt_create", TIME.format(payment.paidAt()));
    parameters.put("gmt_payment", TIME.format(payment.paidAt()));
    return parameters;
  }

  /** Signs any parameters by the rule of notices, blank ones left out of the signature. */
  public SignedCallback form(Map<String, String> parameters) {
    String content =
        new TreeMap<>(parameters)
            .entrySet().stream()
                .filter(parameter -> !parameter.getValue().isBlank())
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining("&"));
    return form(parameters, content);
  }

  /** Sends the parameters with the signature of any text. */
  public SignedCallback form(Map<String, String> parameters, String signedContent) {
    Map<String, String> all = new TreeMap<>(parameters);
    all.put("sign_type", signType.name());
    all.put("sign", signature(signedContent.getBytes(charset)));
    String body =
        all.entrySet().stream()
            .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
            .collect(Collectors.joining("&"));
    return new SignedCallback(
        Map.of(
            "Content-Type",
            "application/x-www-form-urlencoded; charset="
                + charset.name().toLowerCase(Locale.ROOT)),
        RawBytes.of(body.getBytes(US_ASCII)));
  }

  /** The signature of any bytes, as answers to requests carry it. */
  public String signature(byte[] signed) {
    return signType.sign(key, signed);
  }

  private String encoded(String text) {
    return URLEncoder.encode(text, charset);
  }
}
