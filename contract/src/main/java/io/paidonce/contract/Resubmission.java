package io.paidonce.contract;

import static java.util.Objects.requireNonNull;

/**
 * That a person wrote a notification into its topic again. It is the same evidence of the same
 * fact, and changes nothing where the fact is known.
 *
 * @param of where the notification stands that was written again
 * @param actor who did it; at most 64 characters
 * @param why in their words; at most 200 characters
 */
public record Resubmission(RecordCoordinates of, String actor, String why) {

  public Resubmission {
    requireNonNull(of, "of");
    Text.required(actor, "actor", 64);
    Text.required(why, "why", 200);
  }

  /** For an order's story. */
  public String words() {
    return "written again by " + actor + ": " + why + " (it stands at " + of + ")";
  }
}
