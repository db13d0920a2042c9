package io.paidonce.ledger;

import io.paidonce.contract.JsonSerde;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.UnreadableRecordException;

/**
 * How ledgers are kept: by name while the order lives, as a stub once it has ended, since ended
 * orders are kept for ever and are nearly all of them.
 */
public final class StoredLedgers {

  private static final JsonSerde<OrderLedger> WHOLE = JsonSerde.of(OrderLedger.class);
  private static final JsonSerde<OrderStub> STUBS = JsonSerde.of(OrderStub.class);

  private StoredLedgers() {}

  public static byte[] write(OrderLedger ledger) {
    return OrderStub.isFor(ledger) ? STUBS.write(OrderStub.of(ledger)) : WHOLE.write(ledger);
  }

  /** Whether it was written of an order that has ended. */
  public static boolean isStub(byte[] stored) {
    return stored.length > 0 && stored[0] == '[';
  }

  /**
   * Reads what any build wrote.
   *
   * @param order under whose key it was kept
   * @throws UnreadableRecordException if it is neither
   */
  public static OrderLedger read(OrderKey order, byte[] stored) throws UnreadableRecordException {
    return isStub(stored) ? STUBS.read(stored).ledger(order) : WHOLE.read(stored);
  }
}
