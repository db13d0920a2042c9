package io.paidonce.simulator.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.providers.KeySignature;
import io.paidonce.providers.wechatv3.Suite;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Authorization of a request to WeChat Pay: who signed it with which certificate, over five
 * lines, each ended: method, path and query as sent, timestamp, nonce, body.
 */
record MerchantSignature(
    String schema,
    String mchid,
    String serialNo,
    String timestamp,
    String nonce,
    String signature) {

  private static final Pattern FIELD = Pattern.compile("\\s*([a-z_]+)=\"([^\"]*)\"\\s*(?:,|$)");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");
  private static final Duration WINDOW = Duration.ofMinutes(5);

  /** Fields that are absent are empty: they verify as nothing. */
  static MerchantSignature of(ApiCall call) {
    String authorization = call.header("Authorization");
    Map<String, String> fields = new HashMap<>();
    String schema = authorization.substring(0, Math.max(0, authorization.indexOf(' ')));
    if (!schema.isEmpty()) {
      Matcher field = FIELD.matcher(authorization.substring(schema.length() + 1));
      while (field.find()) {
        fields.put(field.group(1), field.group(2));
      }
    }
    return new MerchantSignature(
        schema,
        fields.getOrDefault("mchid", ""),
        fields.getOrDefault("serial_no", ""),
        fields.getOrDefault("timestamp", ""),
        fields.getOrDefault("nonce_str", ""),
        fields.getOrDefault("signature", ""));
  }

  /** Whether its time is near ours; a clock that is off is refused like a forger. */
  boolean isRecent(Instant now) {
    return SECONDS.matcher(timestamp).matches()
        && Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now)
                .abs()
                .compareTo(WINDOW)
            < 0;
  }

  boolean signs(ApiCall call, PublicKey key) {
    if (nonce.isEmpty() || !schema.equals(Suite.of(key).signatureType())) {
      return false;
    }
    String lines = String.join("\n", call.method(), call.target(), timestamp, nonce, "");
    return KeySignature.verifies(
        key, signature, lines.getBytes(UTF_8), call.body().bytes(), new byte[] {'\n'});
  }
}
