package io.paidonce.providers.wechatv3;

import com.fasterxml.jackson.databind.JsonNode;
import io.paidonce.contract.Money;
import io.paidonce.providers.StrictJson;
import io.paidonce.providers.UnreadableContentException;
import org.jspecify.annotations.Nullable;

/** Reads one field of a resource's {@code amount}. Its fields share one currency. */
final class Amounts {

  private Amounts() {}

  /** A field in minor units; where no currency is stated it is CNY. */
  static Money of(JsonNode amount, String field) throws UnreadableContentException {
    long minor = StrictJson.positive(amount, field);
    @Nullable String currency = StrictJson.optionalText(amount, "currency");
    try {
      return Money.of(minor, currency == null ? "CNY" : currency);
    } catch (IllegalArgumentException e) {
      throw new UnreadableContentException("amount.currency is not an ISO 4217 code");
    }
  }
}
