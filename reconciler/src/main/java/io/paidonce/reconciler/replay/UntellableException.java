package io.paidonce.reconciler.replay;

import org.jspecify.annotations.Nullable;

/** Nothing can be said: the log can't be read as far as the question asks. */
public final class UntellableException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  public UntellableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
