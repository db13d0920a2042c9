package io.paidonce.providers.wechatv2;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.Rejection;
import io.paidonce.providers.Verdict.Refused;

/** A body that is no XML as WeChat Pay sends it. Its message never quotes the body. */
final class MalformedXmlException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Rejection rejection;
  private final String explanation;

  MalformedXmlException(Rejection rejection, String explanation) {
    super(explanation);
    this.rejection = requireNonNull(rejection, "rejection");
    this.explanation = explanation;
  }

  MalformedXmlException(String explanation) {
    this(Rejection.MALFORMED_REQUEST, explanation);
  }

  String explanation() {
    return explanation;
  }

  Refused refused() {
    return new Refused(rejection, explanation);
  }
}
