package io.paidonce.providers;

import io.paidonce.contract.Rejection;

/** Why it is not known what a provider would say. None of these is a no. */
public enum Doubt {
  /** There was no connection; the provider did nothing. */
  NOT_SENT(Blame.HOST),
  /** No whole answer in time; the provider may have done what was asked. */
  TIMED_OUT(Blame.HOST),
  /** The connection broke; the provider may have done what was asked. */
  BROKEN(Blame.HOST),
  /** The provider says that it failed, or does not know itself. */
  SERVER_ERROR(Blame.SERVICE),
  /** We asked too often. */
  THROTTLED(Blame.US),
  /** The provider tests us with a wrong signature on purpose: ask again, and raise no alarm. */
  PROBE(Blame.NOBODY),
  /** Signed with a key that this account does not have: one to download, or a forger's. */
  UNKNOWN_KEY(Blame.STRANGER),
  /** Not signed, or not rightly, or not now. */
  UNVERIFIED(Blame.STRANGER),
  /** Signed by the provider, but about something else than what was asked. */
  ANOTHER_SUBJECT(Blame.STRANGER),
  /** Signed by the provider, but without the documented shape. */
  UNREADABLE(Blame.STRANGER),
  /** Larger than the limit. */
  TOO_LARGE(Blame.STRANGER),
  /** A status that the protocol does not have here, a redirect for one. */
  UNEXPECTED_STATUS(Blame.STRANGER);

  private enum Blame {
    HOST,
    SERVICE,
    US,
    NOBODY,
    STRANGER
  }

  private final Blame blame;

  Doubt(Blame blame) {
    this.blame = blame;
  }

  /** Whether the next attempt should go to another host. */
  public boolean blamesHost() {
    return blame == Blame.HOST;
  }

  /** Whether it counts towards a circuit breaker: the provider is down, for whatever reason. */
  public boolean blamesProvider() {
    return blame == Blame.HOST || blame == Blame.SERVICE;
  }

  /** Whether a person should look at it: no healthy provider answers so. */
  public boolean isSuspicious() {
    return blame == Blame.STRANGER;
  }

  static Doubt of(ApiReply.Failure failure) {
    return switch (failure) {
      case NOT_SENT -> NOT_SENT;
      case TIMED_OUT -> TIMED_OUT;
      case BROKEN -> BROKEN;
      case TOO_LARGE -> TOO_LARGE;
    };
  }

  /** Why an answer was not believed. */
  public static Doubt of(Rejection rejection) {
    if (rejection == Rejection.SIGNATURE_PROBE) {
      return PROBE;
    }
    return rejection == Rejection.UNKNOWN_KEY ? UNKNOWN_KEY : UNVERIFIED;
  }
}
