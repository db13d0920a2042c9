package io.paidonce.verifier;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Says on what is waited: soon, whenever that becomes something else, and now and then, so that a
 * person sees a program at work and not one that hangs.
 */
final class Waiting {

  /** What one can wait for. */
  enum For {
    /** The system still works: the usual case, over before anybody asks. */
    REST("the system to come to rest"),
    /** A broker is away: somebody may have to act. */
    KAFKA("Kafka");

    private final String words;

    For(String words) {
      this.words = words;
    }
  }

  private static final Duration UNSAID = Duration.ofSeconds(1);
  private static final Duration AGAIN = Duration.ofSeconds(5);
  private static final int REASONS = 3;

  private final Consumer<String> says;
  private For last = For.REST;
  private long nextWord = System.nanoTime() + UNSAID.toNanos();

  Waiting(Consumer<String> says) {
    this.says = says;
  }

  void on(For what, List<String> reasons, Duration left) {
    long now = System.nanoTime();
    if (what == last && now - nextWord < 0) {
      return;
    }
    last = what;
    nextWord = now + AGAIN.toNanos();
    int more = reasons.size() - REASONS;
    says.accept(
        "waiting for "
            + what.words
            + ", up to "
            + left.toSeconds()
            + " s more: "
            + String.join("; ", reasons.subList(0, Math.min(REASONS, reasons.size())))
            + (more > 0 ? "; and " + more + " more" : ""));
  }
}
