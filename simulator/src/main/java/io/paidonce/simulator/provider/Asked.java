package io.paidonce.simulator.provider;

import static java.util.Objects.requireNonNull;

/**
 * What a request asks for.
 *
 * @param protocol how: {@code wechat-v3}, {@code wechat-v2}, {@code alipay}
 * @param account who asks, as far as it can be read
 * @param order which order: out_trade_no, combine_out_trade_no or, where it is asked for by that,
 *     the transaction's number; of a refund its own number; empty where there is none
 */
public record Asked(String protocol, String account, Kind kind, String order) {

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
    requireNonNull(protocol, "protocol");
    requireNonNull(account, "account");
    requireNonNull(kind, "kind");
    requireNonNull(order, "order");
  }
}
