package io.paidonce.contract;

import static java.util.Objects.requireNonNull;

/** Where a record stands in the log. */
public record RecordCoordinates(String topic, int partition, long offset) {

  public RecordCoordinates {
    requireNonNull(topic, "topic");
  }

  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
