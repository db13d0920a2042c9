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
 * @param headers every value of every header, names in lower case
 * @param body the untouched bytes
 * @param receivedAt our clock
 * @param deliveryId our id of this request
 */
public record CallbackRequest(
    Map<String, List<String>> headers, RawBytes body, Instant receivedAt, String deliveryId) {

  public CallbackRequest {
    requireNonNull(headers, "headers");
    requireNonNull(body, "body");
    requireNonNull(receivedAt, "receivedAt");
    requireNonNull(deliveryId, "deliveryId");
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
