package io.paidonce.providers.hmac;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.Rejection;
import io.paidonce.providers.Verdict.Refused;

/** A request that can't be verified at all. Its message never quotes the body. */
final class RefusedRequestException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Rejection rejection;
  private final String explanation;

  RefusedRequestException(Rejection rejection, String explanation) {
    super(explanation);
    this.rejection = requireNonNull(rejection, "rejection");
    this.explanation = explanation;
  }

  Refused refused() {
    return new Refused(rejection, explanation);
  }
}
