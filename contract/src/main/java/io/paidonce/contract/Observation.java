package io.paidonce.contract;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * A provider's answer that is no fact, to one request of ours. Every request ends in exactly one.
 *
 * @param provider who was asked
 * @param account the account in whose name
 * @param requestId the request that this answers
 * @param attempt which attempt of it, from 1
 * @param answer what was said
 * @param receivedAt our clock
 */
public record Observation(
    String provider,
    String account,
    String requestId,
    @JsonProperty(required = true) int attempt,
    Answer answer,
    Instant receivedAt) {

  public Observation {
    Text.required(provider, "provider", 32);
    Text.required(account, "account", 64);
    Text.required(requestId, "requestId", 200);
    requireNonNull(answer, "answer");
    requireNonNull(receivedAt, "receivedAt");
    if (attempt < 1) {
      throw new IllegalArgumentException("attempt starts at 1: " + attempt);
    }
  }
}
