package io.paidonce.providers.hmac;

import java.util.List;
import java.util.Optional;

/**
 * A source that many have, as its own documents describe it.
 *
 * @param content absent where the document says nothing of it
 */
record Preset(HmacSignature signature, Optional<HmacContent> content) {

  /**
   * docs.stripe.com/webhooks. The key is the secret's whole text, {@code whsec_} included: it is
   * not Base64 here. The order number is expected in the metadata of the payment, which Stripe
   * copies to the charge.
   */
  static final Preset STRIPE =
      new Preset(
          new HmacSignature(
              "header:stripe-signature",
              "pairs",
              "v1",
              "HMAC-SHA256",
              "hex",
              "text",
              null,
              "{timestamp}.{body}",
              "signature:t",
              "seconds",
              300,
              null,
              null),
          Optional.of(
              new HmacContent(
                  "json",
                  "/type",
                  "/type",
                  "/id",
                  List.of(
                      new HmacEvent(
                          List.of("payment_intent.succeeded"),
                          "paid",
                          "/data/object/metadata/order_no",
                          "/data/object/id",
                          "/data/object/amount_received",
                          null,
                          "minor",
                          "/data/object/currency",
                          "/created",
                          null,
                          null,
                          null,
                          null,
                          null),
                      new HmacEvent(
                          List.of("charge.refunded"),
                          "refunded",
                          "/data/object/metadata/order_no",
                          "/data/object/payment_intent",
                          null,
                          "/data/object/amount_refunded",
                          "minor",
                          "/data/object/currency",
                          "/created",
                          null,
                          null,
                          null,
                          null,
                          "/data/object/amount")))));

  /**
   * Standard Webhooks 1.0.0: here {@code whsec_} comes off and the rest is Base64. It says nothing
   * of the content, which is the source's own.
   */
  static final Preset STANDARD_WEBHOOKS =
      new Preset(
          new HmacSignature(
              "header:webhook-signature",
              "versions",
              "v1",
              "HMAC-SHA256",
              "base64",
              "base64",
              "whsec_",
              "{id}.{timestamp}.{body}",
              "header:webhook-timestamp",
              "seconds",
              300,
              "header:webhook-id",
              null),
          Optional.empty());

  static Optional<Preset> named(String name) {
    return switch (name) {
      case "stripe" -> Optional.of(STRIPE);
      case "standard-webhooks" -> Optional.of(STANDARD_WEBHOOKS);
      default -> Optional.empty();
    };
  }
}
