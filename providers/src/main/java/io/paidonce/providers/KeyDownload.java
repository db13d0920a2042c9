package io.paidonce.providers;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an account that its provider hands out itself. They are downloaded off the request
 * path; a request that names a key nobody knows leaves no more than a wish, and how often a wish is
 * granted is bounded, since any stranger can make one. Thread-safe.
 */
public interface KeyDownload {

  /**
   * Whether to download now: it is time, or a key is wished for and the last try is long enough
   * ago.
   */
  boolean isDue(Instant now);

  /**
   * Downloads once, waiting for the answer. What it brings is served from the next request on; what
   * fails changes nothing.
   *
   * @param deliveryId our id of the question
   */
  Result download(ApiTransport transport, RandomGenerator random, String deliveryId, Instant now);

  /** Goes on with what an earlier configuration of the same account downloaded last. */
  void continueFrom(KeyDownload earlier);

  /**
   * What came of it.
   *
   * @param keys how many downloaded keys the account has now
   * @param changed whether they are others than before
   * @param doubt why nothing was taken; absent where it was
   * @param explanation the same for the operator, with values and units; never a secret
   */
  record Result(int keys, boolean changed, @Nullable Doubt doubt, String explanation) {
    public Result {
      requireNonNull(explanation, "explanation");
    }

    public boolean isTaken() {
      return doubt == null;
    }
  }
}
