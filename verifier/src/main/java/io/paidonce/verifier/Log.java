package io.paidonce.verifier;

import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topic;
import io.paidonce.contract.UnreadableRecordException;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The topics, to be read from their first record to their last. */
interface Log {

  /** Is shown each record of a topic, those of one partition in their order. */
  interface Visitor<V> {
    void record(RecordCoordinates at, V value);

    void unreadable(RecordCoordinates at, UnreadableRecordException why);
  }

  /**
   * Reads a topic to its end.
   *
   * @param keyOf what the key of a record must be, by its value; null where any will do
   */
  <V> void read(Topic<V> topic, @Nullable Function<V, String> keyOf, Visitor<V> visitor);

  /** Where each partition of a topic begins by now: what stood before it is past its time. */
  Map<Integer, Long> begins(Topic<?> topic);
}
