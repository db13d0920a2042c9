package io.paidonce.providers;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key that a provider may sign an account's callbacks with, and how long.
 *
 * @param id what evidence calls it: a serial, a key id, a digest
 * @param until the last moment at which it is one; absent where it has no end
 */
public record AccountKey(String id, @Nullable Instant until) {

  public AccountKey {
    requireNonNull(id, "id");
  }

  /** The same with an end that may be sooner, never later. */
  public AccountKey endingAt(Instant end) {
    return until != null && until.isBefore(end) ? this : new AccountKey(id, end);
  }
}
