package io.paidonce.providers;

import io.paidonce.contract.Evidence;
import io.paidonce.contract.RawBytes;
import java.util.Map;

/** Outcomes of questions that nobody asked. */
final class Outcomes {

  static final Outcome UNPAID =
      new Outcome.Observed(
          Standing.UNPAID, true, new Evidence("key", Map.of(), RawBytes.of(new byte[0])));
  static final Outcome HINT = new Outcome.Refused(Refusal.NOT_FOUND, false, 404, "ORDER_NOT_EXIST");

  private Outcomes() {}

  static Outcome unknown(Doubt why) {
    return new Outcome.Unknown(why, "in a test");
  }
}
