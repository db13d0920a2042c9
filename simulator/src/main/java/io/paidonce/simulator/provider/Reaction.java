package io.paidonce.simulator.provider;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a caller sees of its request.
 *
 * @param answer absent where the connection breaks instead
 * @param after how long it takes
 */
public record Reaction(@Nullable ApiAnswer answer, Duration after) {

  public Reaction {
    requireNonNull(after, "after");
  }

  static Reaction of(ApiAnswer answer) {
    return new Reaction(answer, Duration.ZERO);
  }

  static Reaction broken() {
    return new Reaction(null, Duration.ZERO);
  }
}
