package io.paidonce.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.EventHeaders;
import io.paidonce.contract.Money;
import io.paidonce.contract.RawBytes;
import io.paidonce.providers.CallbackSigner;
import io.paidonce.providers.SignedCallback;
import java.time.Instant;
import java.util.Map;

/** Signs with a hash: as good as a key where nobody is to be deceived. */
final class FakeSigner implements CallbackSigner {

  private static final String SALT = "only the provider knows";

  private final Dialect dialect;

  private FakeSigner(Dialect dialect) {
    this.dialect = dialect;
  }

  static SimulatedAccount wechat(String shop) {
    return new SimulatedAccount(
        Dialect.WECHAT_V3, "1900000001", shop, new FakeSigner(Dialect.WECHAT_V3));
  }

  static SimulatedAccount alipay(String shop) {
    return new SimulatedAccount(
        Dialect.ALIPAY, "2021000000000001", shop, new FakeSigner(Dialect.ALIPAY));
  }

  @Override
  public SignedCallback payment(PaidNotice payment, Instant sentAt) {
    return switch (dialect) {
      case WECHAT_V3, WECHAT_V2, HMAC -> wechatNotice(payment, sentAt);
      case ALIPAY -> alipayNotice(payment, sentAt);
    };
  }

  @Override
  public SignedCallback refund(RefundNotice refund, Instant sentAt) {
    return payment(refund.payment(), sentAt);
  }

  @Override
  public SignedCallback combined(CombinedNotice combined, Instant sentAt) {
    return payment(combined.payments().get(0), sentAt);
  }

  @Override
  public SignedCallback finished(PaidNotice payment, Instant sentAt) {
    return payment(payment, sentAt);
  }

  @Override
  public SignedCallback closed(PaidNotice unpaid, Instant sentAt) {
    return payment(unpaid, sentAt);
  }

  static boolean isGenuine(Map<String, String> headers, byte[] body) {
    String text = new String(body, UTF_8);
    int sign = text.indexOf("&sign=");
    if (sign >= 0) {
      return text.substring(sign + 6).equals(signature(text.substring(0, sign)));
    }
    return signature(headers.get("wechatpay-timestamp") + text)
        .equals(headers.get("wechatpay-signature"));
  }

  private static SignedCallback wechatNotice(PaidNotice notice, Instant sentAt) {
    String body =
        "{\"id\":\"%s\",\"transaction_id\":\"%s\",\"out_trade_no\":\"%s\",\"total\":%d}"
            .formatted(
                notice.notificationId(),
                notice.transactionId(),
                notice.orderNo(),
                notice.amountMinor());
    return new SignedCallback(
        Map.of(
            "Content-Type",
            "application/json",
            "Wechatpay-Timestamp",
            sentAt.toString(),
            "Wechatpay-Signature",
            signature(sentAt + body)),
        RawBytes.of(body.getBytes(UTF_8)));
  }

  private static SignedCallback alipayNotice(PaidNotice notice, Instant sentAt) {
    String body =
        "notify_time=%s&out_trade_no=%s&total_amount=%s&trade_no=%s"
            .formatted(
                sentAt,
                notice.orderNo(),
                Money.of(notice.amountMinor(), notice.currency()).major(),
                notice.transactionId());
    return new SignedCallback(
        Map.of("Content-Type", "application/x-www-form-urlencoded"),
        RawBytes.of((body + "&sign=" + signature(body)).getBytes(UTF_8)));
  }

  private static String signature(String text) {
    return EventHeaders.sha256Hex((SALT + text).getBytes(UTF_8));
  }
}
