package io.paidonce.streams;

import io.paidonce.contract.CommandOutcome;
import io.paidonce.contract.ExceptionCase;
import io.paidonce.contract.JsonSerde;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnreadableRecordException;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** What both intakes do alike with what they remember and with what is contradicted. */
final class Receipts {

  private Receipts() {}

  static <R> @Nullable R read(JsonSerde<R> json, byte @Nullable [] stored, String identity) {
    if (stored == null) {
      return null;
    }
    try {
      return json.read(stored);
    } catch (UnreadableRecordException e) {
      throw new IllegalStateException("the store holds an unreadable receipt of " + identity, e);
    }
  }

  static void open(Outbox outbox, ExceptionCase opened, Record<byte[], byte[]> cause) {
    outbox.send(
        Topics.PAYMENT_EXCEPTIONS,
        opened.order().toString(),
        opened,
        opened.eventId(),
        opened.at(),
        cause);
  }

  static void tell(Outbox outbox, CommandOutcome outcome, Record<byte[], byte[]> cause) {
    outbox.send(
        Topics.COMMAND_OUTCOMES,
        outcome.order().toString(),
        outcome,
        outcome.eventId(),
        outcome.at(),
        cause);
  }
}
