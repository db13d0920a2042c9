package io.paidonce.providers.wechatv2;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.providers.CallbackSigner;
import io.paidonce.providers.RandomText;
import io.paidonce.providers.Secret;
import io.paidonce.providers.SignedCallback;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** WeChat Pay's side of a v2 callback, with the key that both sides share. For simulation only. */
public final class WechatV2NoticeSigner implements CallbackSigner {

  private static final DateTimeFormatter PAID_AT = beijing("uuuuMMddHHmmss");
  private static final DateTimeFormatter REFUNDED_AT = beijing("uuuu-MM-dd HH:mm:ss");
  private static final int NONCE_LENGTH = 32;

  private final Secret apiKey;
  private final SignType signType;
  private final String mchid;
  private final String appid;
  private final RandomGenerator random;

  /**
   * For a direct merchant.
   *
   * @param signType {@code MD5} or {@code HMAC-SHA256}
   * @param random where nonces come from
   */
  public WechatV2NoticeSigner(
      Secret apiKey, String signType, String mchid, String appid, RandomGenerator random) {
    this.apiKey = requireNonNull(apiKey, "apiKey");
    this.signType =
        SignType.named(signType)
            .orElseThrow(() -> new IllegalArgumentException("no such sign_type: " + signType));
    this.mchid = requireNonNull(mchid, "mchid");
    this.appid = requireNonNull(appid, "appid");
    this.random = requireNonNull(random, "random");
  }

  @Override
  public SignedCallback payment(PaidNotice payment, Instant sentAt) {
    return signed(fields(payment));
  }

  /** A refund's notice, which is encrypted and not signed. */
  @Override
  public SignedCallback refund(RefundNotice refund, Instant sentAt) {
    return encrypted(refundFields(refund));
  }

  /** The unsigned fields of a payment's notice, to be changed and given to {@link #signed}. */
  public SortedMap<String, String> fields(PaidNotice payment) {
    SortedMap<String, String> fields = head();
    fields.put("result_code", "SUCCESS");
    fields.put("openid", "o-simulated-payer");
    fields.put("is_subscribe", "N");
    fields.put("trade_type", "NATIVE");
    fields.put("bank_type", "OTHERS");
    fields.put("total_fee", Long.toString(payment.amountMinor()));
    fields.put("cash_fee", Long.toString(payment.amountMinor()));
    fields.put("fee_type", payment.currency());
    fields.put("transaction_id", payment.transactionId());
    fields.put("out_trade_no", payment.orderNo());
    fields.put("time_end", PAID_AT.format(payment.paidAt()));
    if (signType != SignType.MD5) {
      fields.put(SignType.SIGN_TYPE, signType.wireName());
    }
    return fields;
  }

  /** The fields of a refund's notice before encryption, for {@link #encrypted}. */
  public SortedMap<String, String> refundFields(RefundNotice refund) {
    PaidNotice payment = refund.payment();
    SortedMap<String, String> fields = new TreeMap<>();
    fields.put("transaction_id", payment.transactionId());
    fields.put("out_trade_no", payment.orderNo());
    fields.put("refund_id", refund.refundId());
    @Nullable String refundNo = refund.merchantRefundNo();
    fields.put("out_refund_no", refundNo == null ? refund.refundId() : refundNo);
    fields.put("total_fee", Long.toString(payment.amountMinor()));
    fields.put("refund_fee", Long.toString(refund.amountMinor()));
    fields.put("settlement_refund_fee", Long.toString(refund.amountMinor()));
    fields.put("refund_status", word(refund.outcome()));
    if (refund.outcome() == RefundOutcome.SUCCEEDED) {
      fields.put("success_time", REFUNDED_AT.format(refund.refundedAt()));
    }
    fields.put("refund_recv_accout", "支付用户的零钱");
    fields.put("refund_account", "REFUND_SOURCE_RECHARGE_FUNDS");
    fields.put("refund_request_source", "API");
    return fields;
  }

  /** Signs any fields; a {@code sign} among them is replaced. */
  public SignedCallback signed(Map<String, String> fields) {
    SortedMap<String, String> signed = new TreeMap<>(fields);
    signed.put(SignType.SIGN, signType.sign(fields, apiKey));
    return sent(signed);
  }

  /** Encrypts any fields of a refund. */
  public SignedCallback encrypted(Map<String, String> refund) {
    return encrypted(XmlFields.written(XmlFields.REFUND_ROOT, refund).getBytes(UTF_8));
  }

  /** Encrypts whatever is to stand in a refund's notice. */
  public SignedCallback encrypted(byte[] plain) {
    SortedMap<String, String> fields = head();
    fields.put(WechatV2Account.REQ_INFO, ReqInfo.encrypted(plain, apiKey));
    return sent(fields);
  }

  private SortedMap<String, String> head() {
    SortedMap<String, String> fields = new TreeMap<>();
    fields.put("return_code", "SUCCESS");
    fields.put("appid", appid);
    fields.put("mch_id", mchid);
    fields.put("nonce_str", RandomText.alphanumeric(random, NONCE_LENGTH));
    return fields;
  }

  private static SignedCallback sent(Map<String, String> fields) {
    return new SignedCallback(
        Map.of("Content-Type", "text/xml; charset=utf-8"),
        RawBytes.of(XmlFields.written(XmlFields.ROOT, fields).getBytes(UTF_8)));
  }

  private static String word(RefundOutcome outcome) {
    return switch (outcome) {
      case SUCCEEDED -> "SUCCESS";
      case ABNORMAL -> "CHANGE";
      case CLOSED -> "REFUNDCLOSE";
    };
  }

  private static DateTimeFormatter beijing(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.ofHours(8));
  }
}
