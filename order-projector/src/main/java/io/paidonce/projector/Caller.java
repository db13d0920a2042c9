package io.paidonce.projector;

import java.util.Set;

/**
 * Who asks.
 *
 * @param name for the audit
 * @param shops whose orders may be seen; empty for every shop's
 */
record Caller(String name, Set<String> shops) {

  /** Where no tokens are configured: everybody, and everything can be seen. */
  static final Caller ANYBODY = new Caller("anybody", Set.of());

  boolean sees(String shop) {
    return shops.isEmpty() || shops.contains(shop);
  }
}
