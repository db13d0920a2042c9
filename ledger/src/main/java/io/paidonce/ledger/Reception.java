package io.paidonce.ledger;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.ExceptionCase;
import io.paidonce.contract.OrderInput;

/**
 * What intake makes of one record, with what it remembers from now on.
 *
 * @param <R> the memory: a receipt of a notification or of a command
 */
public sealed interface Reception<R> {

  /** What to remember. */
  R receipt();

  /** Seen for the first time: it goes on to the ledger. */
  record First<R>(R receipt, OrderInput input) implements Reception<R> {
    public First {
      requireNonNull(receipt, "receipt");
      requireNonNull(input, "input");
    }
  }

  /** Seen for the first time, and nothing in it is for the ledger: kept and counted. */
  record Noted<R>(R receipt) implements Reception<R> {
    public Noted {
      requireNonNull(receipt, "receipt");
    }
  }

  /** Known, and it says the same: counted, nothing else. */
  record Duplicate<R>(R receipt) implements Reception<R> {
    public Duplicate {
      requireNonNull(receipt, "receipt");
    }
  }

  /** Known, and it says something else: a person decides; the first one stands. */
  record Conflict<R>(R receipt, ExceptionCase opened) implements Reception<R> {
    public Conflict {
      requireNonNull(receipt, "receipt");
      requireNonNull(opened, "opened");
    }
  }
}
