package io.paidonce.reconciler;

import io.paidonce.providers.Backoff;
import java.time.Duration;

/**
 * How patient the desk is.
 *
 * @param afterDoubt waits after nothing was learnt
 * @param settling waits for a refund that is under way, or for an order that is still open after a
 *     close
 * @param pendingWithoutLimit after how long something under way is an answer, where the request has
 *     no end of its own
 * @param breakerThreshold failures in a row after which an account's provider is left alone
 * @param breakerPause for how long, before one question may try
 * @param unasked how long the account waits that was told it asks too often, and not for how long
 * @param inFlightPerAccount most questions of one account under way: a slow provider must not keep
 *     the others' from being asked
 * @param probesAtOnce how often in a row a provider's probe is answered by asking again at once
 */
record DeskSettings(
    Backoff afterDoubt,
    Backoff settling,
    Duration pendingWithoutLimit,
    int breakerThreshold,
    Duration breakerPause,
    Duration unasked,
    int inFlightPerAccount,
    int probesAtOnce) {

  static final DeskSettings DEFAULT =
      new DeskSettings(
          Backoff.DEFAULT,
          new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(1)),
          Duration.ofMinutes(1),
          10,
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          8,
          5);
}
