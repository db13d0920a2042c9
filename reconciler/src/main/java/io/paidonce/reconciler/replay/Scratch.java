package io.paidonce.reconciler.replay;

import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topic;
import io.paidonce.ledger.OrderLedger;

/** Where what is folded is written, for whoever wants to look at it. Threads share it. */
interface Scratch extends AutoCloseable {

  /** Nowhere. */
  Scratch NONE =
      new Scratch() {
        @Override
        public boolean isWanted() {
          return false;
        }

        @Override
        public <V> void record(Topic<V> topic, V value, RecordCoordinates cause) {}

        @Override
        public void order(OrderLedger order) {}

        @Override
        public void finish(ReplayReport report) {}

        @Override
        public void close() {}
      };

  /** Whether anything is written at all. */
  boolean isWanted();

  /** The fold makes a record of the range. */
  <V> void record(Topic<V> topic, V value, RecordCoordinates cause);

  /** An order that the range changed, as it is at its end. */
  void order(OrderLedger order);

  /** All is written: from now on others see it. */
  void finish(ReplayReport report);

  /** Without {@link #finish} nothing is left behind. */
  @Override
  void close();
}
