package io.paidonce.benchmarks.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.RawBytes;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.CallbackSigner.PaidNotice;
import io.paidonce.providers.SignedCallback;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One callback, and what its signature covers.
 *
 * @param request as the gateway hands it over
 * @param signedText the bytes that are signed
 * @param signature decoded
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Sample(CallbackRequest request, byte[] signedText, byte[] signature) {

  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

  static Instant sentAt() {
    return NOW;
  }

  static PaidNotice notice(int number) {
    String digits = Integer.toString(100_000 + number);
    return new PaidNotice(
        "0a3f6e9c-54b1-5ad7-8f0e-4f2b7c" + digits,
        "4200002026112108000000" + digits,
        "SHOP-2026-1121-" + digits,
        12_345,
        "CNY",
        NOW.minusSeconds(2));
  }

  /** The callback with its signed text and signature, both known to whoever made it. */
  static Sample of(SignedCallback callback, String signedText, String base64Signature) {
    Map<String, List<String>> headers = new HashMap<>();
    callback
        .headers()
        .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
    RawBytes body = callback.body();
    // What a gateway sees beside.
    headers.put("host", List.of("pay.example.com"));
    headers.put("user-agent", List.of("Mozilla/4.0"));
    headers.put("accept", List.of("*/*"));
    headers.put("content-length", List.of(Integer.toString(body.length())));
    return new Sample(
        new CallbackRequest(headers, body, NOW, "bench-1"),
        signedText.getBytes(UTF_8),
        Base64.getDecoder().decode(base64Signature));
  }
}
