package io.paidonce.verifier;

import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.PaymentStanding;
import io.paidonce.contract.TransactionKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must be true of one order.
 *
 * @param known whether the ledger must have a version of it at all
 * @param possible the statuses it may end in: several where a payment raced with a cancel, or with
 *     the refund of another payment
 * @param passable the statuses it may have been in on the way
 * @param status the possible one that was observed, or else the likeliest; the rest follows from it
 * @param dueMinor what one payment must be, or several must reach together; absent until placed
 * @param currency its currency; absent until placed
 * @param fitting the transactions that could pay it
 * @param payers of them, those of which exactly one is its paying one at this status; none where it
 *     is neither paid nor refunded
 * @param refunded of the fitting ones, those of which nothing is left
 * @param payments where each payment must stand
 * @param money by currency
 * @param open how many cases of each kind wait for somebody
 * @param moreRefused how many refused commands more there may be: it depends on what came first
 * @param mayBeSentBack the payments whose refund the order's policy may have asked for
 * @param mustBeSentBack of them, those for which it must have
 */
record Expectation(
    boolean known,
    Set<OrderStatus> possible,
    Set<OrderStatus> passable,
    OrderStatus status,
    @Nullable Long dueMinor,
    @Nullable String currency,
    Set<TransactionKey> fitting,
    Set<TransactionKey> payers,
    Set<TransactionKey> refunded,
    List<Standing> payments,
    Map<String, Sums> money,
    Map<ExceptionKind, Integer> open,
    int moreRefused,
    Set<TransactionKey> mayBeSentBack,
    Set<TransactionKey> mustBeSentBack) {

  /** What one payment is for, and how much of it went back. */
  record Standing(Payment payment, PaymentStanding standing, long refundedMinor) {
    Sums sums() {
      return Sums.of(standing, payment.amountMinor() - refundedMinor, refundedMinor);
    }
  }

  int open(ExceptionKind kind) {
    return open.getOrDefault(kind, 0);
  }

  int mostOpen(ExceptionKind kind) {
    return open(kind) + (kind == ExceptionKind.COMMAND_REFUSED ? moreRefused : 0);
  }
}
