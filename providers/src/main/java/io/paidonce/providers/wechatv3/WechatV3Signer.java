package io.paidonce.providers.wechatv3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.providers.CallbackSigner;
import io.paidonce.providers.KeySignature;
import io.paidonce.providers.RandomText;
import io.paidonce.providers.Secret;
import io.paidonce.providers.SignedCallback;
import java.security.PrivateKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * WeChat Pay's side of a callback: encrypts and signs as the platform does. Besides the notices it
 * signs any resource and any body, so that hostile content can come with a good signature.
 */
public final class WechatV3Signer implements CallbackSigner {

  private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);

  private final PrivateKey key;
  private final String keyId;
  private final Suite suite;
  private final ContentCipher cipher;
  private final String mchid;
  private final String appid;
  private final RandomGenerator random;

  /**
   * The platform's side of one merchant.
   *
   * @param key of RSA or SM2: what is signed and encrypted with follows from it
   * @param keyId what the serial header says: a certificate serial or {@code PUB_KEY_ID_…}
   * @param random where nonces come from; seeded for a scenario that can be run again
   */
  public WechatV3Signer(
      PrivateKey key,
      String keyId,
      Secret apiV3Key,
      String mchid,
      String appid,
      RandomGenerator random) {
    this.key = requireNonNull(key, "key");
    this.keyId = requireNonNull(keyId, "keyId");
    this.suite = Suite.of(key);
    this.cipher = new ContentCipher(List.of(apiV3Key));
    this.mchid = requireNonNull(mchid, "mchid");
    this.appid = requireNonNull(appid, "appid");
    this.random = requireNonNull(random, "random");
  }

  @Override
  public SignedCallback payment(PaidNotice payment, Instant sentAt) {
    return transaction(payment.notificationId(), resource(payment), payment.paidAt(), sentAt);
  }

  @Override
  public SignedCallback refund(RefundNotice refund, Instant sentAt) {
    ObjectNode envelope =
        envelope(
            refund.notificationId(),
            Refund.EVENT_PREFIX + status(refund.outcome()),
            Refund.ORIGINAL_TYPE,
            Refund.ORIGINAL_TYPE,
            resource(refund).toString(),
            refund.refundedAt());
    return body(bytes(envelope), sentAt);
  }

  @Override
  public SignedCallback combined(CombinedNotice combined, Instant sentAt) {
    return transaction(
        combined.notificationId(), resource(combined), combined.payments().get(0).paidAt(), sentAt);
  }

  /** The same notice with the provider's test signature: valid Base64 of a plausible length. */
  public SignedCallback probe(PaidNotice payment, Instant sentAt) {
    int length = Base64.getEncoder().encodeToString(new byte[256]).length();
    String filler = randomText(length - SignatureCheck.PROBE_PREFIX.length() - 3) + "A==";
    return withSignature(payment, sentAt, SignatureCheck.PROBE_PREFIX + filler);
  }

  /** The same notice with a test signature that is no Base64 at all. */
  public SignedCallback undecodableProbe(PaidNotice payment, Instant sentAt) {
    return withSignature(payment, sentAt, SignatureCheck.PROBE_PREFIX + "=" + randomText(40));
  }

  /** Signs any bytes. */
  public SignedCallback body(RawBytes body, Instant sentAt) {
    String timestamp = Long.toString(sentAt.getEpochSecond());
    String nonce = randomText(32);
    String signature =
        KeySignature.sign(key, SignedHeaders.message(timestamp, nonce, body.bytes()));
    return new SignedCallback(
        Map.of(
            "Content-Type", "application/json",
            "Wechatpay-Timestamp", timestamp,
            "Wechatpay-Nonce", nonce,
            "Wechatpay-Signature", signature,
            "Wechatpay-Serial", keyId,
            "Wechatpay-Signature-Type", suite.signatureType()),
        body);
  }

  /**
   * The envelope around any resource text, encrypted; to be changed or signed with {@link #body}.
   */
  public ObjectNode envelope(
      String notificationId,
      String eventType,
      String originalType,
      @Nullable String associatedData,
      String resourceText,
      Instant createdAt) {
    String nonce = randomText(ContentCipher.NONCE_BYTES);
    byte[] ciphertext =
        cipher.encrypt(
            suite,
            nonce.getBytes(UTF_8),
            associatedData == null ? "" : associatedData,
            resourceText.getBytes(UTF_8));
    ObjectNode envelope = JsonNodeFactory.instance.objectNode();
    envelope.put("id", notificationId);
    envelope.put("create_time", time(createdAt));
    envelope.put("resource_type", "encrypt-resource");
    envelope.put("event_type", eventType);
    envelope.put("summary", originalType.equals(Refund.ORIGINAL_TYPE) ? "退款通知" : "支付成功");
    ObjectNode resource = envelope.putObject("resource");
    resource.put("original_type", originalType);
    resource.put("algorithm", suite.contentAlgorithm());
    resource.put("ciphertext", Base64.getEncoder().encodeToString(ciphertext));
    if (associatedData != null) {
      resource.put("associated_data", associatedData);
    }
    resource.put("nonce", nonce);
    return envelope;
  }

  /** The plain resource of a payment notice, as the provider documents it. */
  public ObjectNode resource(PaidNotice payment) {
    ObjectNode resource = JsonNodeFactory.instance.objectNode();
    resource.put("mchid", mchid);
    resource.put("appid", appid);
    resource.put("out_trade_no", payment.orderNo());
    resource.put("transaction_id", payment.transactionId());
    resource.put("trade_type", "NATIVE");
    resource.put("trade_state", "SUCCESS");
    resource.put("trade_state_desc", "支付成功");
    resource.put("bank_type", "OTHERS");
    resource.put("attach", "");
    resource.put("success_time", time(payment.paidAt()));
    resource.putObject("payer").put("openid", "o-simulated-payer");
    ObjectNode amount = resource.putObject("amount");
    amount.put("total", payment.amountMinor());
    amount.put("payer_total", payment.amountMinor());
    amount.put("currency", payment.currency());
    amount.put("payer_currency", payment.currency());
    return resource;
  }

  /** The plain resource of a refund notice, as the provider documents it. */
  public ObjectNode resource(RefundNotice refund) {
    ObjectNode resource = JsonNodeFactory.instance.objectNode();
    resource.put("mchid", mchid);
    resource.put("out_trade_no", refund.payment().orderNo());
    resource.put("transaction_id", refund.payment().transactionId());
    resource.put("out_refund_no", requireNonNull(refund.merchantRefundNo(), "merchantRefundNo"));
    resource.put("refund_id", refund.refundId());
    resource.put("refund_status", status(refund.outcome()));
    if (refund.outcome() == RefundOutcome.SUCCEEDED) {
      resource.put("success_time", time(refund.refundedAt()));
    }
    resource.put("user_received_account", "支付用户零钱");
    ObjectNode amount = resource.putObject("amount");
    amount.put("total", refund.payment().amountMinor());
    amount.put("refund", refund.amountMinor());
    amount.put("payer_total", refund.payment().amountMinor());
    amount.put("payer_refund", refund.amountMinor());
    return resource;
  }

  /** The plain resource of a combined payment's notice, as the provider documents it. */
  public ObjectNode resource(CombinedNotice combined) {
    ObjectNode resource = JsonNodeFactory.instance.objectNode();
    resource.put("combine_appid", appid);
    resource.put("combine_mchid", mchid);
    resource.put("combine_out_trade_no", combined.combineOrderNo());
    resource.putObject("combine_payer_info").put("openid", "o-simulated-payer");
    ArrayNode subOrders = resource.putArray("sub_orders");
    for (PaidNotice payment : combined.payments()) {
      ObjectNode subOrder = subOrders.addObject();
      subOrder.put("mchid", mchid);
      subOrder.put("trade_type", "NATIVE");
      subOrder.put("trade_state", "SUCCESS");
      subOrder.put("bank_type", "OTHERS");
      subOrder.put("attach", "");
      subOrder.put("success_time", time(payment.paidAt()));
      subOrder.put("transaction_id", payment.transactionId());
      subOrder.put("out_trade_no", payment.orderNo());
      ObjectNode amount = subOrder.putObject("amount");
      amount.put("total_amount", payment.amountMinor());
      amount.put("payer_amount", payment.amountMinor());
      amount.put("currency", payment.currency());
      amount.put("payer_currency", payment.currency());
    }
    return resource;
  }

  private static String status(RefundOutcome outcome) {
    return switch (outcome) {
      case SUCCEEDED -> "SUCCESS";
      case ABNORMAL -> "ABNORMAL";
      case CLOSED -> "CLOSED";
    };
  }

  private SignedCallback transaction(
      String notificationId, ObjectNode resource, Instant createdAt, Instant sentAt) {
    ObjectNode envelope =
        envelope(
            notificationId,
            "TRANSACTION.SUCCESS",
            "transaction",
            "transaction",
            resource.toString(),
            createdAt);
    return body(bytes(envelope), sentAt);
  }

  private static RawBytes bytes(ObjectNode envelope) {
    return RawBytes.of(envelope.toString().getBytes(UTF_8));
  }

  private SignedCallback withSignature(PaidNotice payment, Instant sentAt, String signature) {
    SignedCallback good = payment(payment, sentAt);
    Map<String, String> headers = new HashMap<>(good.headers());
    headers.put("Wechatpay-Signature", signature);
    return new SignedCallback(headers, good.body());
  }

  private String randomText(int length) {
    return RandomText.alphanumeric(random, length);
  }

  private static String time(Instant instant) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
        instant.truncatedTo(ChronoUnit.MILLIS).atOffset(BEIJING));
  }
}
