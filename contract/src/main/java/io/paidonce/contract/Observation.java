package io.paidonce.contract;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one request of ours. Every request ends in exactly one, whatever happened; money is
 * moved only by the facts, which are records of their own.
 *
 * @param provider who was asked
 * @param account the account in whose name
 * @param requestId the request that this answers
 * @param attempt which attempt of it, from 1
 * @param answer what was said
 * @param detail what exactly, for people, at most 300 characters: the provider's own word for it,
 *     or why nobody answered
 * @param receivedAt our clock
 */
public record Observation(
    String provider,
    String account,
    String requestId,
    @JsonProperty(required = true) int attempt,
    Answer answer,
    @Nullable String detail,
    Instant receivedAt) {

  public Observation {
    Text.required(provider, "provider", 32);
    Text.required(account, "account", 64);
    Text.required(requestId, "requestId", 400);
    requireNonNull(answer, "answer");
    if (detail != null) {
      Text.bounded(detail, "detail", 300);
    }
    requireNonNull(receivedAt, "receivedAt");
    if (attempt < 1) {
      throw new IllegalArgumentException("attempt starts at 1: " + attempt);
    }
  }

  /** One without a detail. */
  public Observation(
      String provider,
      String account,
      String requestId,
      int attempt,
      Answer answer,
      Instant receivedAt) {
    this(provider, account, requestId, attempt, answer, null, receivedAt);
  }

  /** Who was asked. */
  public ProviderAccount asked() {
    return new ProviderAccount(provider, account);
  }
}
