package io.paidonce.contract;

/** How a command ended that changed nothing. */
public enum CommandResult {
  /** The order does not allow it; the reason says why. */
  REFUSED,
  /** What it asks is so already, or was asked before. */
  UNCHANGED,
  /** Its id was used before with other content: the first command stands, this one was not read. */
  IDEMPOTENCY_CONFLICT
}
