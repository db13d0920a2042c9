package io.paidonce.providers;

import io.paidonce.contract.RawBytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Requests as the gateway would hand them over, and small changes of them. */
public final class Callbacks {

  public static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  public static final String DELIVERY = "delivery-1";

  private Callbacks() {}

  public static CallbackRequest received(SignedCallback sent) {
    return received(sent, NOW);
  }

  public static CallbackRequest received(SignedCallback sent, Instant at) {
    Map<String, List<String>> headers = new HashMap<>();
    sent.headers()
        .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
    return new CallbackRequest(headers, sent.body(), at, DELIVERY);
  }

  /** The same request with other values of one header; none for taking it out. */
  public static CallbackRequest withHeader(
      CallbackRequest request, String name, List<String> values) {
    Map<String, List<String>> headers = new HashMap<>(request.headers());
    headers.put(name, new ArrayList<>(values));
    return new CallbackRequest(headers, request.body(), request.receivedAt(), request.deliveryId());
  }

  public static CallbackRequest withBody(CallbackRequest request, byte[] body) {
    return new CallbackRequest(
        request.headers(), RawBytes.of(body), request.receivedAt(), request.deliveryId());
  }
}
