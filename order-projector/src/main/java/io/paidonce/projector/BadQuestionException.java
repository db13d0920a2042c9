package io.paidonce.projector;

import java.io.Serial;

/** The caller asked what can't be answered; the problem says which field and how to mend it. */
final class BadQuestionException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  BadQuestionException(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
