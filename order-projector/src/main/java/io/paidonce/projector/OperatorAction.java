package io.paidonce.projector;

import java.util.List;

/**
 * What an operator can do. What the reader of a body accepts and what the API's description says is
 * this one table.
 */
public enum OperatorAction {
  /** An order that nobody wants any more. */
  CANCEL(
      "/v1/orders/{shop}/{orderNo}/cancel",
      "Has an order cancelled, if it is unpaid when the command is read."),
  /** An exception that a person decided about. */
  RESOLVE("/v1/orders/{shop}/{orderNo}/resolve", "Says that a person decided about an exception."),
  /** A record that could not be processed, once what was wrong is mended. */
  REDRIVE("/v1/deadletters/{letter}/redrive", "Has the original of a dead letter processed again.");

  /** The fields of bodies. */
  private static final class Fields {
    static final Param REASON =
        Param.text("reason", 1_000, "Why, for the audit and the order's story.").required();
    // What the record of a redrive holds.
    static final Param WHY =
        Param.text("reason", 200, "What was mended, for the audit and the order's story.")
            .required();
    static final Param EXPECTED_VERSION =
        Param.number(
            "expectedVersion",
            0,
            Long.MAX_VALUE,
            "The order's version that was decided upon: at another one it is refused.");
    static final Param EXCEPTION_ID =
        Param.text("exceptionId", 600, "As the order's exceptions name it.").required();
    static final Param EXCEPTION_REVISION =
        Param.number(
            "exceptionRevision",
            0,
            Long.MAX_VALUE,
            "The revision that was decided upon: at a newer one it is refused.");
  }

  private final String pattern;
  private final String sentence;

  OperatorAction(String pattern, String sentence) {
    this.pattern = pattern;
    this.sentence = sentence;
  }

  /** The address, as a {@link Route} reads it. */
  String pattern() {
    return pattern;
  }

  String sentence() {
    return sentence;
  }

  /** What its body holds. */
  List<Param> fields() {
    return switch (this) {
      case CANCEL -> List.of(Fields.EXPECTED_VERSION, Fields.REASON);
      case RESOLVE -> List.of(Fields.EXCEPTION_ID, Fields.EXCEPTION_REVISION, Fields.REASON);
      case REDRIVE -> List.of(Fields.WHY);
    };
  }
}
