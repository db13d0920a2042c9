package io.paidonce.contract;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A key that will be accepted no more.
 *
 * @param protocol such as wechat-v3
 * @param account the provider's id of the account
 * @param key what evidence calls it
 * @param until its last moment: its certificate's, or that of the configuration
 */
public record KeyEnd(String protocol, String account, String key, Instant until) {

  public KeyEnd {
    requireNonNull(protocol, "protocol");
    requireNonNull(account, "account");
    requireNonNull(key, "key");
    requireNonNull(until, "until");
  }
}
