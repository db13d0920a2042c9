package io.paidonce.contract;

/** What can be asked of a provider. */
public enum RequestKind {
  /** What became of the order's payment? */
  QUERY,
  /** Take no money for it any more. */
  CLOSE,
  /** Send money back. */
  REFUND,
  /** What became of that refund? */
  QUERY_REFUND
}
