package io.paidonce.providers.wechatv3;

import com.fasterxml.jackson.databind.JsonNode;
import io.paidonce.contract.Money;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.Witness;
import io.paidonce.providers.UnreadableContentException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A decrypted resource that says: paid. */
final class Transaction {

  private Transaction() {}

  /**
   * Whether it is a single successful payment. The event type alone does not tell: profit sharing
   * and combined payments share it, and only these fields set them apart.
   */
  static boolean isPayment(Envelope envelope, JsonNode resource) {
    return envelope.eventType().equals("TRANSACTION.SUCCESS")
        && envelope.originalType().equals("transaction")
        && !resource.has("combine_out_trade_no")
        && resource.path("trade_state").asText("").equals("SUCCESS");
  }

  /** The shop's order number where the resource has one. */
  static @Nullable String orderNo(JsonNode resource) {
    JsonNode orderNo = resource.path("out_trade_no");
    return orderNo.isTextual() && !orderNo.textValue().isBlank() ? orderNo.textValue() : null;
  }

  /** The fact, of a resource that {@link #isPayment}. */
  static PaymentFact payment(JsonNode resource, WechatV3Config config, Instant receivedAt)
      throws UnreadableContentException {
    StrictJson.text(resource, "out_trade_no");
    JsonNode amount = StrictJson.object(resource, "amount");
    // total is what the order was charged; payer_total is less where a coupon paid a share.
    Money money = money(StrictJson.positive(amount, "total"), amount);
    Payee payee = Payee.of(resource, config);
    try {
      return new PaymentFact(
          WechatV3Protocol.PROVIDER,
          config.id(),
          StrictJson.text(resource, "transaction_id"),
          money.amountMinor(),
          money.currency(),
          payee.actual(),
          payee.expected(),
          time(StrictJson.optionalText(resource, "success_time")),
          receivedAt,
          Witness.CALLBACK);
    } catch (IllegalArgumentException e) {
      throw UnreadableContentException.of(e);
    }
  }

  private static Money money(long total, JsonNode amount) throws UnreadableContentException {
    String currency = StrictJson.optionalText(amount, "currency");
    try {
      return Money.of(total, currency == null ? "CNY" : currency);
    } catch (IllegalArgumentException e) {
      throw new UnreadableContentException("amount.currency is not an ISO 4217 code");
    }
  }

  private static @Nullable Instant time(@Nullable String text) throws UnreadableContentException {
    if (text == null) {
      return null;
    }
    try {
      // RFC 3339 has years of four digits; the JDK's parser knows signed and longer ones.
      if (text.indexOf('-') == 4) {
        return OffsetDateTime.parse(text).toInstant();
      }
    } catch (DateTimeException e) {
      // Said below.
    }
    throw new UnreadableContentException("success_time is not an RFC 3339 time with an offset");
  }

  /** Who got the money and who should have: the merchant, and its app where apps are configured. */
  private record Payee(String actual, String expected) {

    static Payee of(JsonNode resource, WechatV3Config config) throws UnreadableContentException {
      boolean partner = resource.has("sub_mchid");
      String mchid = StrictJson.text(resource, partner ? "sub_mchid" : "mchid");
      List<String> configured = config.appIds();
      if (configured.isEmpty()) {
        return new Payee(mchid, config.id());
      }
      List<String> stated =
          partner
              ? Stream.of(
                      StrictJson.optionalText(resource, "sub_appid"),
                      StrictJson.text(resource, "sp_appid"))
                  .filter(Objects::nonNull)
                  .toList()
              : List.of(StrictJson.text(resource, "appid"));
      String appid = stated.stream().filter(configured::contains).findFirst().orElse(stated.get(0));
      String expected = configured.contains(appid) ? appid : String.join("|", configured);
      return new Payee(mchid + "/" + appid, config.id() + "/" + expected);
    }
  }
}
