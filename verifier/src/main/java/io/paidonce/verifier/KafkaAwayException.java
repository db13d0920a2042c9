package io.paidonce.verifier;

/** A broker that is needed does not answer now; asking again later may help. */
final class KafkaAwayException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  KafkaAwayException(String message, Throwable cause) {
    super(message, cause);
  }
}
