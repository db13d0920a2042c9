package io.paidonce.launcher.keys;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a key last verified a callback, and what follows from it. A provider goes on delivering what
 * it once began to for as long as its retry plan says, and may sign all of it with the key it began
 * with: until then the key must stay.
 *
 * @param last receipt of the last callback that it verified; absent where there is none in the time
 *     that was searched
 * @param retries how long the provider may still deliver a notice after its first delivery
 */
public record KeyUse(@Nullable Instant last, Duration retries) {

  public KeyUse {
    requireNonNull(retries, "retries");
  }

  /** From when on no retry signed by it can come; the past where that is so already. */
  public Instant freeFrom(Instant now) {
    return last == null ? now : last.plus(retries);
  }

  public boolean mayRetire(Instant now) {
    return !now.isBefore(freeFrom(now));
  }
}
