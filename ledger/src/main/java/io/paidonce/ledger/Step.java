package io.paidonce.ledger;

import io.paidonce.contract.ProviderRequest;
import java.util.List;

/**
 * An order, and what it asks its providers on the way there.
 *
 * @param order its version still that before
 */
record Step(OrderLedger order, List<ProviderRequest> requests) {
  Step {
    requests = List.copyOf(requests);
  }
}
