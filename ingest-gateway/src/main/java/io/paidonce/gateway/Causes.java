package io.paidonce.gateway;

/** Reads what went wrong out of exceptions that only wrap. */
final class Causes {

  private Causes() {}

  /** The innermost exception's kind and message. */
  static String sentence(Throwable failure) {
    Throwable innermost = failure;
    Throwable cause = failure.getCause();
    while (cause != null) {
      innermost = cause;
      cause = cause.getCause();
    }
    String message = innermost.getMessage();
    String kind = innermost.getClass().getSimpleName();
    return message == null ? kind : kind + ": " + message;
  }

  /** What broke and where, without its message: that may quote what was received. */
  static String place(Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    String kind = failure.getClass().getName();
    return trace.length == 0 ? kind : kind + " at " + trace[0];
  }
}
