package io.paidonce.verifier;

import io.paidonce.contract.Balance;

/** Where an order's money in one currency must stand, minor units. */
record Sums(long appliedMinor, long owedBackMinor, long suspenseMinor) {

  static final Sums NONE = new Sums(0, 0, 0);

  static Sums of(Balance balance) {
    return new Sums(balance.appliedMinor(), balance.owedBackMinor(), balance.suspenseMinor());
  }

  Sums plus(Sums other) {
    return new Sums(
        Math.addExact(appliedMinor, other.appliedMinor),
        Math.addExact(owedBackMinor, other.owedBackMinor),
        Math.addExact(suspenseMinor, other.suspenseMinor));
  }
}
