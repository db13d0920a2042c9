package io.paidonce.gateway;

/** Kafka did not confirm that everything is stored; it may be there all the same. */
final class NotStoredException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotStoredException(String sentence) {
    // One for each callback while Kafka is away: a stack trace would say nothing and cost much.
    super(sentence, null, false, false);
  }
}
