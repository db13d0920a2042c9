package io.paidonce.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.paidonce.contract.DeadLetterReason;
import io.paidonce.contract.JsonSerde;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnreadableRecordException;
import io.paidonce.ledger.CommandOutcomes;
import io.paidonce.ledger.CommandReceipt;
import io.paidonce.ledger.Identities;
import io.paidonce.ledger.Intake;
import io.paidonce.ledger.Reception;
import io.paidonce.ledger.TimeToPay;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Lets each command id of an order pass once. */
final class IntakeCommands implements Processor<byte[], byte[], byte[], byte[]> {

  static final String NAME = "intake-commands";
  private static final JsonSerde<CommandReceipt> RECEIPTS = JsonSerde.of(CommandReceipt.class);

  private final Function<String, TimeToPay> timeToPay;
  private final StreamsMetrics metrics;
  private @Nullable ProcessorContext<byte[], byte[]> context;
  private @Nullable Received received;
  private @Nullable Outbox outbox;

  /**
   * @param timeToPay of the orders of a shop that do not say it themselves
   */
  IntakeCommands(Function<String, TimeToPay> timeToPay, StreamsMetrics metrics) {
    this.timeToPay = timeToPay;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> newContext) {
    context = newContext;
    received = Received.in(newContext);
    outbox = new Outbox(newContext, DedupTopology.INTAKE);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordCoordinates at = Coordinates.of(requireNonNull(context));
    OrderCommand command;
    try {
      command = Topics.ORDER_COMMANDS.read(record.headers(), record.value());
    } catch (UnreadableRecordException e) {
      deadLetter(record, at, e.reason(), String.valueOf(e.getMessage()));
      return;
    }
    if (!Arrays.equals(record.key(), command.order().toString().getBytes(UTF_8))) {
      deadLetter(record, at, DeadLetterReason.WRONG_KEY, "the key is not shop:order_no");
      return;
    }
    receive(record, command, at);
  }

  private void receive(Record<byte[], byte[]> record, OrderCommand command, RecordCoordinates at) {
    Received memory = requireNonNull(received);
    Instant receivedAt = Instant.ofEpochMilli(record.timestamp());
    String identity = Identities.of(command);
    CommandReceipt known = Receipts.read(RECEIPTS, memory.find(identity), identity);
    Reception<CommandReceipt> reception =
        Intake.receive(known, command, timeToPay.apply(command.shop()), receivedAt, at);
    byte[] receipt = RECEIPTS.write(reception.receipt());
    if (reception instanceof Reception.First<CommandReceipt> first) {
      memory.remember(identity, receipt, receivedAt);
      requireNonNull(outbox)
          .send(
              Topics.ORDER_INPUTS,
              first.input().order().toString(),
              first.input(),
              first.input().inputId(),
              receivedAt,
              record);
      metrics.first();
    } else if (reception instanceof Reception.Conflict<CommandReceipt> conflict) {
      memory.update(identity, receipt);
      Receipts.open(requireNonNull(outbox), conflict.opened(), record);
      Receipts.tell(
          requireNonNull(outbox), CommandOutcomes.conflict(command, conflict.opened()), record);
      metrics.conflict();
    } else {
      metrics.duplicate();
    }
  }

  private void deadLetter(
      Record<byte[], byte[]> record, RecordCoordinates at, DeadLetterReason reason, String detail) {
    requireNonNull(outbox).deadLetter(record, at, reason, detail);
    metrics.deadLetter(reason);
  }
}
