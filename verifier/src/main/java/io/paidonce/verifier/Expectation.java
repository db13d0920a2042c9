package io.paidonce.verifier;

import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.TransactionKey;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must be true of one order.
 *
 * @param known whether the ledger must have a version of it at all
 * @param possible the statuses it may end in: two where a payment and a cancel raced
 * @param status the possible one that was observed, or else the likeliest; the rest follows from it
 * @param dueMinor what one payment must be; absent until placed
 * @param currency its currency; absent until placed
 * @param fitting the transactions of which exactly one pays a paid order
 * @param money by currency
 * @param open how many cases of each kind wait for somebody
 */
record Expectation(
    boolean known,
    Set<OrderStatus> possible,
    OrderStatus status,
    @Nullable Long dueMinor,
    @Nullable String currency,
    Set<TransactionKey> fitting,
    Map<String, Sums> money,
    Map<ExceptionKind, Integer> open) {

  int open(ExceptionKind kind) {
    return open.getOrDefault(kind, 0);
  }
}
