package io.paidonce.providers;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.Evidence;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RawBytes;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One callback as it came.
 *
 * @param headers every value of every header, names in lower case; the query under {@link #QUERY}
 * @param body the untouched bytes
 * @param receivedAt our clock
 * @param deliveryId our id of this request: 1 to 64 characters, no control characters
 */
public record CallbackRequest(
    Map<String, List<String>> headers, RawBytes body, Instant receivedAt, String deliveryId) {

  /**
   * Under this name the headers hold the query of the request's target, as it came. No header can
   * have this name, so that none can pass for it.
   */
  public static final String QUERY = ":query";

  private static final int LONGEST_DELIVERY_ID = 64;

  public CallbackRequest {
    requireNonNull(headers, "headers");
    requireNonNull(body, "body");
    requireNonNull(receivedAt, "receivedAt");
    requireNonNull(deliveryId, "deliveryId");
    requireDeliveryId(deliveryId);
  }

  // Seen only when the record is made, the caller's mistake would look like the provider's.
  static void requireDeliveryId(String deliveryId) {
    if (deliveryId.isBlank()
        || deliveryId.length() > LONGEST_DELIVERY_ID
        || deliveryId.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "deliveryId must be 1 to "
              + LONGEST_DELIVERY_ID
              + " characters, not blank and no control characters; it has "
              + deliveryId.length());
    }
  }

  /** The request a stored notification was made from, for judging it again. */
  public static CallbackRequest replayOf(PaymentNotification notification) {
    Evidence evidence = notification.evidence();
    Map<String, List<String>> headers = new HashMap<>();
    evidence.headers().forEach((name, value) -> headers.put(name, List.of(value)));
    return new CallbackRequest(
        headers, evidence.body(), notification.receivedAt(), notification.deliveryId());
  }

  /** The values of a header; empty where it is absent. */
  public List<String> header(String lowerCaseName) {
    return headers.getOrDefault(lowerCaseName, List.of());
  }
}
