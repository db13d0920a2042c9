package io.paidonce.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.Rejection;
import io.paidonce.providers.CallbackAnswer;
import io.paidonce.providers.Protocols;

/** What a refusal is, whatever the protocol and the reason. */
final class Refused {

  private Refused() {}

  /** Declined in the protocol's own words, and nothing of it stored anywhere but as a refusal. */
  static void assertRefused(Door door, String path, RawHttp.Answer answer, String attack) {
    CallbackAnswer declined =
        Protocols.byId(path.split("/", -1)[2]).orElseThrow().declined(Rejection.SIGNATURE_MISMATCH);
    assertThat(answer.status()).as(attack).isBetween(400, 499);
    assertThat(answer.body()).as(attack).isEqualTo(declined.body());
    assertNothingStored(door, attack);
  }

  static void assertNothingStored(Door door, String attack) {
    assertThat(door.notifications()).as(attack).isEmpty();
    assertThat(door.deadLetters()).as(attack).isZero();
  }
}
