package io.paidonce.verifier;

import io.paidonce.contract.Balance;
import io.paidonce.contract.OrderPayment;
import io.paidonce.contract.PaymentStanding;

/** Where an order's money in one currency must stand, minor units; the first three are kept. */
record Sums(long appliedMinor, long owedBackMinor, long suspenseMinor, long refundedMinor) {

  static Sums of(Balance balance) {
    return new Sums(
        balance.appliedMinor(),
        balance.owedBackMinor(),
        balance.suspenseMinor(),
        balance.refundedMinor());
  }

  /** As the ledger has a payment. */
  static Sums of(OrderPayment payment) {
    return new Sums(
        payment.appliedMinor(),
        payment.owedBackMinor(),
        payment.suspenseMinor(),
        payment.refundedMinor());
  }

  long receivedMinor() {
    return Math.addExact(
        Math.addExact(appliedMinor, owedBackMinor), Math.addExact(suspenseMinor, refundedMinor));
  }

  /** Of one payment. */
  static Sums of(PaymentStanding standing, long keptMinor, long refundedMinor) {
    return switch (standing) {
      case APPLIED -> new Sums(keptMinor, 0, 0, refundedMinor);
      case OWED_BACK -> new Sums(0, keptMinor, 0, refundedMinor);
      case SUSPENSE -> new Sums(0, 0, keptMinor, refundedMinor);
    };
  }

  Sums plus(Sums other) {
    return new Sums(
        Math.addExact(appliedMinor, other.appliedMinor),
        Math.addExact(owedBackMinor, other.owedBackMinor),
        Math.addExact(suspenseMinor, other.suspenseMinor),
        Math.addExact(refundedMinor, other.refundedMinor));
  }
}
