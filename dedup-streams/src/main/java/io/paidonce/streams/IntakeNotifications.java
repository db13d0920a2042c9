package io.paidonce.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.paidonce.contract.DeadLetterReason;
import io.paidonce.contract.JsonSerde;
import io.paidonce.contract.NotificationReceipt;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnreadableRecordException;
import io.paidonce.ledger.Identities;
import io.paidonce.ledger.Intake;
import io.paidonce.ledger.Reception;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Lets the first notification of a fact pass and counts the others. */
final class IntakeNotifications implements Processor<byte[], byte[], byte[], byte[]> {

  static final String NAME = "intake-notifications";
  private static final Duration FORGET_EVERY = Duration.ofSeconds(2);
  private static final JsonSerde<NotificationReceipt> RECEIPTS =
      Topics.NOTIFICATION_RECEIPTS.json();

  private final StreamsMetrics metrics;
  private @Nullable ProcessorContext<byte[], byte[]> context;
  private @Nullable Received received;
  private @Nullable Outbox outbox;

  IntakeNotifications(StreamsMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> newContext) {
    Received memory = Received.in(newContext);
    context = newContext;
    received = memory;
    outbox = new Outbox(newContext, DedupTopology.INTAKE);
    newContext.schedule(
        FORGET_EVERY,
        PunctuationType.WALL_CLOCK_TIME,
        now -> metrics.forgot(memory.forget(Instant.ofEpochMilli(now))));
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordCoordinates at = Coordinates.of(requireNonNull(context));
    PaymentNotification notification;
    try {
      notification = Topics.PAYMENT_NOTIFICATIONS.readFacts(record.headers(), record.value());
    } catch (UnreadableRecordException e) {
      deadLetter(record, at, e.reason(), String.valueOf(e.getMessage()));
      return;
    }
    if (!Arrays.equals(record.key(), notification.key().getBytes(UTF_8))) {
      // Another key is another partition, whose memory does not hold this identity.
      deadLetter(
          record, at, DeadLetterReason.WRONG_KEY, "the key is not provider:account:transaction_id");
      return;
    }
    switch (notification.kind()) {
      case PAYMENT, REFUND, TRADE_CLOSED, OBSERVATION -> receive(record, notification, at);
      case UNRECOGNISED ->
          deadLetter(
              record,
              at,
              DeadLetterReason.UNRECOGNISED_EVENT_TYPE,
              "no handling for event type " + notification.eventType());
    }
  }

  private void receive(
      Record<byte[], byte[]> record, PaymentNotification notification, RecordCoordinates at) {
    Received memory = requireNonNull(received);
    String identity = Identities.of(notification);
    NotificationReceipt known = Receipts.read(RECEIPTS, memory.find(identity), identity);
    Reception<NotificationReceipt> reception = Intake.receive(known, notification, at);
    byte[] receipt = RECEIPTS.write(reception.receipt());
    if (known == null) {
      memory.remember(identity, receipt, Instant.ofEpochMilli(record.timestamp()));
    } else {
      memory.update(identity, receipt);
    }
    if (reception instanceof Reception.First<NotificationReceipt> first) {
      requireNonNull(outbox)
          .send(
              Topics.ORDER_INPUTS,
              first.input().order().toString(),
              first.input(),
              first.input().inputId(),
              first.input().receivedAt(),
              record);
      metrics.first();
    } else if (reception instanceof Reception.Noted) {
      askForConfirmation(record, notification, memory);
      metrics.noted();
    } else if (reception instanceof Reception.Conflict<NotificationReceipt> conflict) {
      Receipts.open(requireNonNull(outbox), conflict.opened(), record);
      metrics.conflict();
    } else {
      metrics.duplicate();
    }
    requireNonNull(outbox)
        .send(
            Topics.NOTIFICATION_RECEIPTS,
            identity.getBytes(UTF_8),
            receipt,
            identity + "/" + reception.receipt().revision(),
            reception.receipt().lastReceivedAt(),
            record);
  }

  // Unless the fact came another way, by v3 or as an answer.
  private void askForConfirmation(
      Record<byte[], byte[]> record, PaymentNotification notification, Received memory) {
    ProviderRequest request = Intake.confirmation(notification).orElse(null);
    if (request != null
        && memory.find(Identities.of(requireNonNull(notification.refund()))) == null) {
      requireNonNull(outbox)
          .send(
              Topics.PROVIDER_REQUESTS,
              request.order().toString(),
              request,
              request.requestId() + "/" + request.attempt(),
              request.requestedAt(),
              record);
    }
  }

  private void deadLetter(
      Record<byte[], byte[]> record, RecordCoordinates at, DeadLetterReason reason, String detail) {
    requireNonNull(outbox).deadLetter(record, at, reason, detail);
    metrics.deadLetter(reason);
  }
}
