package io.paidonce.gateway;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.paidonce.providers.Problems;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * A key that is on its way out: accepted until a stated time, and refused from then on without
 * anybody having to be there.
 *
 * @param account the account's path without {@code /callbacks/}, such as {@code
 *     wechat-v3/1900000001}
 * @param key its id as {@code paidonce keys list} shows it
 * @param acceptUntil the last moment, such as {@code 2026-12-01T00:00:00Z}
 */
public record RetiringKey(
    @JsonProperty(required = true) String account,
    @JsonProperty(required = true) String key,
    @JsonProperty(required = true) String acceptUntil) {

  public RetiringKey {
    requireNonNull(account, "account");
    requireNonNull(key, "key");
    requireNonNull(acceptUntil, "acceptUntil");
  }

  /** Empty exactly when a problem was reported. */
  public Optional<Instant> end(Problems problems) {
    try {
      return Optional.of(Instant.parse(acceptUntil));
    } catch (DateTimeException e) {
      problems.in("acceptUntil").add("must be a time with its zone, such as 2026-12-01T00:00:00Z");
      return Optional.empty();
    }
  }
}
