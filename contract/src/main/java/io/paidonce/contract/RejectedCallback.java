package io.paidonce.contract;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * A sampled, redacted refusal with its explanation. Holds no body and no secret: only what an
 * operator needs to see why.
 *
 * @param schema version of this record's layout
 * @param deliveryId our id of the HTTP request
 * @param protocol the protocol of the path
 * @param account the account of the path
 * @param rejection why
 * @param explanation what exactly, with values and units
 * @param bodySha256 hex digest of the body as received
 * @param bodyBytes its length
 * @param at our clock
 */
public record RejectedCallback(
    @JsonProperty(required = true) int schema,
    String deliveryId,
    String protocol,
    String account,
    Rejection rejection,
    String explanation,
    String bodySha256,
    @JsonProperty(required = true) long bodyBytes,
    Instant at) {

  public static final int SCHEMA = 1;

  public RejectedCallback {
    Schema.require(schema, SCHEMA, "RejectedCallback");
    requireNonNull(deliveryId, "deliveryId");
    requireNonNull(protocol, "protocol");
    requireNonNull(account, "account");
    requireNonNull(rejection, "rejection");
    requireNonNull(explanation, "explanation");
    requireNonNull(bodySha256, "bodySha256");
    requireNonNull(at, "at");
  }
}
