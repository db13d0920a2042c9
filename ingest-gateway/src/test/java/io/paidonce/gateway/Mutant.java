package io.paidonce.gateway;

import io.paidonce.contract.RawBytes;

/**
 * One mutated request.
 *
 * @param raw as they are sent
 * @param framed whether any reader agrees where it ends, so that its answer is one and its
 *     connection serves on
 * @param harmless framed, and still the callback that its provider signed for this account
 */
record Mutant(RawBytes raw, boolean framed, boolean harmless) {

  byte[] bytes() {
    return raw.bytes();
  }
}
