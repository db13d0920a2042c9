package io.paidonce.contract;

/**
 * What happened to one order, as downstream services hear of it. Its id tells a repetition from a
 * new event; its version tells which of two events of an order is the later one, whatever topics
 * they came by.
 */
public interface OrderEvent {

  /** The same for every reading and every replay of this event; also the record's {@code ce_id}. */
  String eventId();

  /** Whose event it is; also the record's key. */
  OrderKey order();

  /** The order's version after it. Events of one transition share it. */
  long orderVersion();
}
