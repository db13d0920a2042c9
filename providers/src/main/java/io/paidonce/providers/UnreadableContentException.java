package io.paidonce.providers;

/**
 * Authentic content without the shape its provider documents. Every adapter turns it into {@link
 * Verdict.Unreadable}; its message names the field, never the content.
 */
public final class UnreadableContentException extends Exception {
  private static final long serialVersionUID = 1L;

  public UnreadableContentException(String detail) {
    super(detail);
  }

  /** What a record of the contract refuses; its messages name the field, never the content. */
  public static UnreadableContentException of(IllegalArgumentException refusal) {
    return new UnreadableContentException(String.valueOf(refusal.getMessage()));
  }

  /** One sentence with the field's name. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
