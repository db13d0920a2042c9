package io.paidonce.simulator.provider;

import static java.util.Objects.requireNonNull;

import io.paidonce.simulator.Dialect;

/**
 * What a request asks for.
 *
 * @param account who asks, as far as it can be read
 * @param order which order: out_trade_no, combine_out_trade_no or, where it is asked for by that,
 *     the transaction's number; of a refund its own number; empty where there is none
 */
public record Asked(Dialect dialect, String account, Kind kind, String order) {

  /** The kinds of requests. */
  public enum Kind {
    QUERY,
    QUERY_TRANSACTION,
    CLOSE,
    REFUND,
    QUERY_REFUND,
    QUERY_COMBINED,
    CLOSE_COMBINED,
    CERTIFICATES,
    /** Nothing that this provider knows. */
    UNREADABLE
  }

  public Asked {
    requireNonNull(dialect, "dialect");
    requireNonNull(account, "account");
    requireNonNull(kind, "kind");
    requireNonNull(order, "order");
  }
}
