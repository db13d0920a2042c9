package io.paidonce.ledger;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.ExceptionCase;
import io.paidonce.contract.OrderCancelled;
import io.paidonce.contract.OrderPaid;
import io.paidonce.contract.OrderRefunded;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.ProviderRequest;
import java.util.List;
import java.util.Optional;

/** What the ledger makes of one input. */
public sealed interface Decision {

  /**
   * The order changed.
   *
   * @param after what to store
   * @param transition exactly one for each version
   * @param paid present exactly when the order becomes paid
   * @param cancelled present exactly when the order becomes cancelled
   * @param refunded present exactly when the order becomes refunded
   * @param cases what a person must decide, has decided, and what healed by itself
   * @param requests what a provider is to be asked
   */
  record Advance(
      OrderLedger after,
      OrderTransition transition,
      Optional<OrderPaid> paid,
      Optional<OrderCancelled> cancelled,
      Optional<OrderRefunded> refunded,
      List<ExceptionCase> cases,
      List<ProviderRequest> requests)
      implements Decision {
    public Advance {
      requireNonNull(after, "after");
      requireNonNull(transition, "transition");
      requireNonNull(paid, "paid");
      requireNonNull(cancelled, "cancelled");
      requireNonNull(refunded, "refunded");
      cases = List.copyOf(cases);
      requests = List.copyOf(requests);
    }
  }

  /** Nothing changes and nobody need know. */
  record Ignore(String reason) implements Decision {
    public Ignore {
      requireNonNull(reason, "reason");
    }
  }

  /** Nothing changes, and somebody must know. */
  record Refuse(ExceptionCase opened) implements Decision {
    public Refuse {
      requireNonNull(opened, "opened");
    }
  }
}
