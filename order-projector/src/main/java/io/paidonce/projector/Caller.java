package io.paidonce.projector;

import java.util.Set;

/**
 * Who asks.
 *
 * @param name for the audit
 * @param role what may be done
 * @param shops whose orders may be seen; empty for every shop's
 */
record Caller(String name, Role role, Set<String> shops) {

  /** Where no tokens are configured: everybody, and everything can be seen. */
  static final Caller ANYBODY = new Caller("anybody", Role.VIEWER, Set.of());

  /**
   * Does nothing for an operator.
   *
   * @throws BadQuestionException for anybody else
   */
  void requireOperator() {
    if (role != Role.OPERATOR) {
      throw new BadQuestionException(
          Problem.forbidden(
              "only an operator may do this",
              "Ask with a token that has role: OPERATOR among projector.access.tokens."));
    }
  }

  boolean sees(String shop) {
    return shops.isEmpty() || shops.contains(shop);
  }
}
