package io.paidonce.contract;

/** How we learnt of a fact. A bill line is never a witness: it causes a query. */
public enum Witness {
  /** The provider called us. */
  CALLBACK,
  /** The provider's signed answer to our question. */
  QUERY
}
