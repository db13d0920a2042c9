package io.paidonce.contract;

/**
 * A record that can't be read as what its topic holds. The message names the field or header and
 * never repeats the content; the reason says which kind of dead letter it makes.
 */
public final class UnreadableRecordException extends Exception {
  private static final long serialVersionUID = 1L;

  private final DeadLetterReason reason;

  public UnreadableRecordException(DeadLetterReason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public UnreadableRecordException(DeadLetterReason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public DeadLetterReason reason() {
    return reason;
  }
}
