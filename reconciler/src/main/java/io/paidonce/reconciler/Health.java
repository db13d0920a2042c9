package io.paidonce.reconciler;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the loop says of itself. */
final class Health {

  private static final Logger log = LoggerFactory.getLogger(Health.class);

  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
  private volatile boolean joined;
  private volatile boolean stopping;

  /** The group has given it its share of the partitions. */
  void joined() {
    joined = true;
  }

  /** It was told to stop. */
  void stopping() {
    stopping = true;
  }

  void died(Throwable cause) {
    if (failure.complete(cause)) {
      log.error("requests are not carried out any more; what was under way is repeated", cause);
    }
  }

  /** Completes with what ended the loop; never, while it works. */
  CompletionStage<Throwable> failure() {
    return failure.minimalCompletionStage();
  }

  boolean isStopping() {
    return stopping;
  }

  boolean isAlive() {
    return !failure.isDone();
  }

  boolean isReady() {
    return isAlive() && joined && !stopping;
  }
}
