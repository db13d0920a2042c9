package io.paidonce.providers.wechatv3;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.paidonce.contract.Rejection;
import io.paidonce.providers.AccountChecks;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.KeySignature;
import io.paidonce.providers.Verdict.Refused;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The headers that a signature covers or describes, verbatim: names in lower case, one value. */
record SignedHeaders(Map<String, String> values) {

  static final String TIMESTAMP = "wechatpay-timestamp";
  static final String NONCE = "wechatpay-nonce";
  static final String SIGNATURE = "wechatpay-signature";
  static final String SERIAL = "wechatpay-serial";
  static final String SIGNATURE_TYPE = "wechatpay-signature-type";

  private static final List<String> REQUIRED = List.of(TIMESTAMP, NONCE, SIGNATURE, SERIAL);
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");
  // A line feed in the nonce would let bytes move between nonce and body under one signature.
  private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7E]+");
  private static final byte[] LINE_FEED = {'\n'};

  /** Why the request can't be verified at all; null where it can, by {@link #of}. */
  static @Nullable Refused refusal(CallbackRequest request) {
    for (String name : REQUIRED) {
      List<String> values = request.header(name);
      if (values.size() > 1) {
        return repeated(name, values.size());
      }
      if (values.isEmpty() || values.get(0).isBlank()) {
        return new Refused(
            Rejection.MISSING_SIGNATURE_FIELD, "the header " + name + " is absent or blank");
      }
    }
    List<String> types = request.header(SIGNATURE_TYPE);
    if (types.size() > 1) {
      return repeated(SIGNATURE_TYPE, types.size());
    }
    if (!types.isEmpty() && !types.get(0).isEmpty() && !Suite.isSignatureType(types.get(0))) {
      return new Refused(
          Rejection.UNSUPPORTED_ALGORITHM,
          SIGNATURE_TYPE
              + " is "
              + AccountChecks.shown(types.get(0))
              + "; known: "
              + Suite.signatureTypes());
    }
    if (!PRINTABLE.matcher(request.header(NONCE).get(0)).matches()) {
      return new Refused(
          Rejection.MALFORMED_REQUEST, NONCE + " holds other than printable ASCII characters");
    }
    String timestamp = request.header(TIMESTAMP).get(0);
    return SECONDS.matcher(timestamp).matches()
        ? null
        : new Refused(
            Rejection.MALFORMED_REQUEST,
            TIMESTAMP + " is not a decimal number of seconds: " + AccountChecks.shown(timestamp));
  }

  /** Of a request that has no {@link #refusal}. */
  static SignedHeaders of(CallbackRequest request) {
    Map<String, String> values = new HashMap<>();
    for (String name : REQUIRED) {
      values.put(name, request.header(name).get(0));
    }
    request.header(SIGNATURE_TYPE).forEach(type -> values.put(SIGNATURE_TYPE, type));
    return new SignedHeaders(Map.copyOf(values));
  }

  String get(String name) {
    return values.getOrDefault(name, "");
  }

  /** Whether they name another algorithm than a key of this suite signs with. */
  boolean contradict(Suite suite) {
    String type = get(SIGNATURE_TYPE);
    return !type.isEmpty() && !type.equals(suite.signatureType());
  }

  boolean verifies(PublicKey key, byte[] body) {
    return KeySignature.verifies(key, get(SIGNATURE), message(get(TIMESTAMP), get(NONCE), body));
  }

  /** What is signed, in pieces: timestamp LF nonce LF body LF, the body as received. */
  static byte[][] message(String timestamp, String nonce, byte[] body) {
    return new byte[][] {(timestamp + "\n" + nonce + "\n").getBytes(US_ASCII), body, LINE_FEED};
  }

  private static Refused repeated(String name, int times) {
    return new Refused(
        Rejection.REPEATED_SIGNATURE_FIELD, "the header " + name + " occurs " + times + " times");
  }

  /**
   * Why the signed time is not recent, either side of when it was received; null where it is.
   *
   * @param tolerance the first distance that is too far
   */
  @Nullable Refused staleness(Instant receivedAt, Duration tolerance) {
    Duration behind =
        Duration.between(Instant.ofEpochSecond(Long.parseLong(get(TIMESTAMP))), receivedAt);
    if (behind.abs().compareTo(tolerance) < 0) {
      return null;
    }
    return new Refused(
        Rejection.STALE_TIMESTAMP,
        TIMESTAMP
            + " is "
            + behind.abs().toSeconds()
            + " s "
            + (behind.isNegative() ? "ahead of" : "behind")
            + " our clock; accepted: less than "
            + tolerance.toSeconds()
            + " s");
  }
}
