package io.paidonce.projector;

/** What a token may do. */
public enum Role {
  /** Reads. */
  VIEWER,
  /** Reads, and asks for changes in its own name. */
  OPERATOR
}
