package io.paidonce.streams;

import io.paidonce.contract.RecordCoordinates;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Where the record being processed stands in the log. */
final class Coordinates {

  private Coordinates() {}

  static RecordCoordinates of(ProcessorContext<?, ?> context) {
    RecordMetadata metadata =
        context
            .recordMetadata()
            .orElseThrow(() -> new IllegalStateException("no record is being processed"));
    return new RecordCoordinates(metadata.topic(), metadata.partition(), metadata.offset());
  }
}
