package io.paidonce.providers.alipay;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.Rejection;
import io.paidonce.providers.Verdict.Refused;

/** A body that is no form as Alipay sends them. */
final class MalformedFormException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Rejection rejection;
  private final String explanation;

  MalformedFormException(Rejection rejection, String explanation) {
    super(explanation);
    this.rejection = requireNonNull(rejection, "rejection");
    this.explanation = explanation;
  }

  MalformedFormException(String explanation) {
    this(Rejection.MALFORMED_REQUEST, explanation);
  }

  Refused refused() {
    return new Refused(rejection, explanation);
  }
}
