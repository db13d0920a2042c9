package io.paidonce.providers.hmac;

import io.paidonce.contract.RefundOutcome;
import io.paidonce.providers.Account;
import io.paidonce.providers.CallbackSigner.PaidNotice;
import io.paidonce.providers.CallbackSigner.RefundNotice;
import io.paidonce.providers.Callbacks;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Secret;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sources that differ in everything that can be configured, and their side of it. */
final class HmacFixture {

  static final PaidNotice NOTICE =
      new PaidNotice("evt_1", "pi_2026013122001", "ORDER-1", 1200, "EUR", Callbacks.NOW);

  /** Of 5.00 of those 12.00. */
  static final RefundNotice REFUND =
      new RefundNotice(
          "evt_2",
          NOTICE,
          "re_1",
          "R-1",
          RefundOutcome.SUCCEEDED,
          500,
          500,
          Callbacks.NOW.plus(Duration.ofHours(24)));

  /** Of the same, which came to nothing. */
  static final RefundNotice REFUND_FAILED =
      new RefundNotice(
          "evt_3",
          NOTICE,
          "re_1",
          "R-1",
          RefundOutcome.CLOSED,
          500,
          500,
          Callbacks.NOW.plus(Duration.ofHours(24)));

  private static final String NEW_TEXT = "a-shared-secret-of-32-characters";
  private static final String OLD_TEXT = "the-old-shared-secret-of-32-char";
  private static final String NEW_WHSEC = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String OLD_WHSEC = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

  private HmacFixture() {}

  /** Three headers, JSON; both secrets, the old one until a minute after now. */
  static HmacConfig house() {
    return house(List.of(secret("new", NEW_TEXT), old(OLD_TEXT)));
  }

  static HmacConfig house(List<HmacSecret> secrets) {
    return config(
        "house",
        null,
        secrets,
        signature(
            "header:X-Signature",
            null,
            null,
            "{timestamp}.{id}.{body}",
            "header:X-Timestamp",
            "header:X-Event-Id"),
        house("json", "minor"));
  }

  /**
   * The signature, the time and the version of the secret in the body; a form in yuan and cents.
   */
  static HmacConfig form() {
    return config(
        "form",
        null,
        List.of(secret("new", NEW_TEXT), old(OLD_TEXT)),
        new HmacSignature(
            "body:sign",
            "plain",
            null,
            "HMAC-SHA512",
            "base64",
            null,
            null,
            "{encodedParameters}",
            "body:timestamp",
            "milliseconds",
            60,
            null,
            "body:key_version"),
        house("form", "major"));
  }

  /** Flat JSON, sorted and joined as it is; the signature behind a fixed text, in the query. */
  static HmacConfig flat() {
    return config(
        "flat",
        null,
        List.of(secret("new", NEW_TEXT), old(OLD_TEXT)),
        new HmacSignature(
            "query:sign",
            "plain",
            "sha1=",
            "HMAC-SHA1",
            null,
            null,
            null,
            "{parameters}",
            "body:timestamp",
            null,
            null,
            null,
            null),
        house("json", "minor"));
  }

  /** The request line is signed too; the version of the secret stands in the query. */
  static HmacConfig request() {
    return config(
        "request",
        null,
        List.of(secret("new", NEW_TEXT), old(OLD_TEXT)),
        new HmacSignature(
            "header:X-Signature",
            null,
            null,
            null,
            null,
            null,
            null,
            "{method}\n{path}\n{query}\n{timestamp}\n{body}",
            "header:X-Timestamp",
            null,
            null,
            null,
            "query:key"),
        house("json", "minor"));
  }

  static HmacConfig stripe() {
    return config(
        "stripe-eu", "stripe", List.of(secret("new", NEW_WHSEC), old(OLD_WHSEC)), null, null);
  }

  static HmacConfig standardWebhooks() {
    return config(
        "standard",
        "standard-webhooks",
        List.of(secret("new", NEW_WHSEC), old(OLD_WHSEC)),
        null,
        house("json", "minor"));
  }

  static HmacConfig named(String name) {
    return switch (name) {
      case "house" -> house();
      case "form" -> form();
      case "flat" -> flat();
      case "request" -> request();
      case "stripe" -> stripe();
      case "standard-webhooks" -> standardWebhooks();
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** The same source, signing with another of its secrets or with a stranger's. */
  static HmacSigner signer(HmacConfig config, String secret) {
    HmacSecret chosen =
        switch (secret) {
          case "new" -> config.secrets().get(0);
          case "old" -> config.secrets().get(1);
          default ->
              new HmacSecret(
                  "new",
                  Secret.of(
                      config.secrets().get(0).secret().reveal().startsWith("whsec_")
                          ? "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                          : "a-strangers-secret-of-32-characte"),
                  null);
        };
    return new HmacSigner(
        new HmacConfig(
            config.protocol(),
            config.id(),
            config.shop(),
            config.preset(),
            List.of(chosen),
            config.signature(),
            config.content(),
            config.answer()));
  }

  static Account account(HmacConfig config) {
    Problems problems = Problems.none();
    return new HmacProtocol()
        .open(config, problems)
        .orElseThrow(() -> new IllegalStateException(problems.lines().toString()));
  }

  static HmacSecret secret(String version, String text) {
    return new HmacSecret(version, Secret.of(text), null);
  }

  static HmacConfig config(
      String id,
      @Nullable String preset,
      List<HmacSecret> secrets,
      @Nullable HmacSignature signature,
      @Nullable HmacContent content) {
    return new HmacConfig("hmac", id, "shop-1", preset, secrets, signature, content, null);
  }

  static HmacSignature signature(
      @Nullable String from,
      @Nullable String form,
      @Nullable String scheme,
      @Nullable String signed,
      @Nullable String timestamp,
      @Nullable String id) {
    return new HmacSignature(
        from, form, scheme, null, null, null, null, signed, timestamp, null, null, id, null);
  }

  static HmacContent house(String format, String unit) {
    return new HmacContent(
        format,
        "/status",
        "/event",
        "/event_id",
        List.of(
            new HmacEvent(
                List.of("PAID", "SETTLED"),
                "paid",
                "/order_no",
                "/payment_id",
                "/amount",
                null,
                unit,
                "/currency",
                "/paid_at",
                "/merchant",
                "M-1",
                null,
                null,
                null),
            new HmacEvent(
                List.of("REFUNDED"),
                "refunded",
                "/order_no",
                "/payment_id",
                "/refund_amount",
                null,
                unit,
                "/currency",
                "/refunded_at",
                null,
                null,
                "/refund_id",
                "/refund_no",
                "/amount"),
            new HmacEvent(
                List.of("REFUND_FAILED"),
                "refund-failed",
                "/order_no",
                "/payment_id",
                "/refund_amount",
                null,
                unit,
                "/currency",
                "/refunded_at",
                null,
                null,
                "/refund_id",
                "/refund_no",
                "/amount")));
  }

  private static HmacSecret old(String text) {
    return new HmacSecret("old", Secret.of(text), Callbacks.NOW.plusSeconds(60).toString());
  }
}
