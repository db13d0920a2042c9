package io.paidonce.projector;

import io.paidonce.contract.CommandOutcome;
import io.paidonce.contract.DeadLetter;
import io.paidonce.contract.DeadLetterRedrive;
import io.paidonce.contract.Observation;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.RejectedCallback;
import io.paidonce.contract.Topics;
import io.paidonce.projector.story.Detail;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The tables that keep each record of a topic: what its columns are. */
final class LogTables {

  private LogTables() {}

  static TopicRows<OrderCommand> commands() {
    return LogRows.of(Topics.ORDER_COMMANDS, "order_commands")
        .text("shop", OrderCommand::shop)
        .text("order_no", OrderCommand::orderNo)
        .text("command_id", OrderCommand::commandId)
        .text("kind", c -> c.kind().name())
        .text("actor", OrderCommand::actor)
        .bigint("amount_due_minor", OrderCommand::amountDueMinor)
        .text("currency", OrderCommand::currency)
        .bigint("expected_version", OrderCommand::expectedVersion)
        .text("exception_id", OrderCommand::exceptionId)
        .bigint("exception_revision", OrderCommand::exceptionRevision)
        .text("reason", OrderCommand::reason)
        .instant("issued_at", OrderCommand::issuedAt);
  }

  static TopicRows<CommandOutcome> outcomes() {
    return LogRows.of(Topics.COMMAND_OUTCOMES, "command_outcomes")
        .text("shop", CommandOutcome::shop)
        .text("order_no", CommandOutcome::orderNo)
        .text("command_id", CommandOutcome::commandId)
        .text("kind", o -> o.kind().name())
        .text("actor", CommandOutcome::actor)
        .text("result", o -> o.result().name())
        .text("reason", CommandOutcome::reason)
        .instant("at", CommandOutcome::at)
        .text("source_topic", o -> o.source().topic())
        .integer("source_partition", o -> o.source().partition())
        .bigint("source_offset", o -> o.source().offset());
  }

  static TopicRows<PaymentNotification> deliveries() {
    return new FactsOnly<>(
        LogRows.of(Topics.PAYMENT_NOTIFICATIONS, "deliveries")
            .text("delivery_id", PaymentNotification::deliveryId)
            .text("provider", PaymentNotification::provider)
            .text("account", PaymentNotification::account)
            .text("protocol", PaymentNotification::protocol)
            .text("shop", PaymentNotification::shop)
            .text("order_no", PaymentNotification::orderNo)
            .text("kind", n -> n.kind().name())
            .text("event_type", PaymentNotification::eventType)
            .text("notification_id", PaymentNotification::notificationId)
            .text("authentication", n -> n.authentication().name())
            .text("witness", n -> n.witness().name())
            .text("key_id", n -> n.evidence().keyId())
            .instant("received_at", PaymentNotification::receivedAt)
            .text(
                "transaction_id",
                n ->
                    n.payment() != null
                        ? n.payment().transactionId()
                        : refund(n, RefundFact::transactionId))
            .text("refund_id", n -> refund(n, RefundFact::refundId))
            .text("refund_outcome", n -> refund(n, r -> r.outcome().name()))
            .bigint(
                "amount_minor",
                n ->
                    n.payment() != null
                        ? Long.valueOf(n.payment().amountMinor())
                        : refund(n, RefundFact::amountMinor))
            .text(
                "currency",
                n -> n.payment() != null ? currency(n.payment()) : refund(n, RefundFact::currency))
            .text("request_id", n -> answer(n, Observation::requestId))
            .integer("attempt", n -> answer(n, Observation::attempt))
            .text("answer", n -> answer(n, o -> o.answer().name()))
            .text("detail", Detail::of));
  }

  static TopicRows<ProviderRequest> requests() {
    return LogRows.of(Topics.PROVIDER_REQUESTS, "provider_requests")
        .text("request_id", ProviderRequest::requestId)
        .integer("attempt", ProviderRequest::attempt)
        .text("kind", r -> r.kind().name())
        .text("shop", ProviderRequest::shop)
        .text("order_no", ProviderRequest::orderNo)
        .text("provider", ProviderRequest::provider)
        .text("account", ProviderRequest::account)
        .text("transaction_id", ProviderRequest::transactionId)
        .text("refund_no", ProviderRequest::refundNo)
        .bigint("amount_minor", ProviderRequest::amountMinor)
        .bigint("payment_minor", ProviderRequest::paymentMinor)
        .text("currency", ProviderRequest::currency)
        .text("reason", ProviderRequest::reason)
        .bigint("order_version", ProviderRequest::orderVersion)
        .instant("requested_at", ProviderRequest::requestedAt)
        .instant("until", ProviderRequest::until)
        .json("combined", ProviderRequest::combined);
  }

  static TopicRows<DeadLetter> deadLetters() {
    return LogRows.of(Topics.DEAD_LETTERS, "dead_letters")
        .text("reason", d -> d.reason().name())
        .text("detail", DeadLetter::detail)
        .text("shop", d -> LetterOrder.of(d).map(order -> order.shop()).orElse(null))
        .text("order_no", d -> LetterOrder.of(d).map(order -> order.orderNo()).orElse(null))
        .text("origin", DeadLetter::origin)
        .text("source_topic", d -> source(d, RecordCoordinates::topic))
        .integer("source_partition", d -> source(d, RecordCoordinates::partition))
        .bigint("source_offset", d -> source(d, RecordCoordinates::offset))
        .instant("at", DeadLetter::at);
  }

  static TopicRows<DeadLetterRedrive> redrives() {
    return LogRows.of(Topics.DEAD_LETTER_REDRIVES, "dead_letter_redrives")
        .integer("letter_partition", r -> r.deadLetter().partition())
        .bigint("letter_offset", r -> r.deadLetter().offset())
        .text("source_topic", r -> r.source().topic())
        .integer("source_partition", r -> r.source().partition())
        .bigint("source_offset", r -> r.source().offset())
        .text("actor", DeadLetterRedrive::actor)
        .text("why", DeadLetterRedrive::why)
        .integer("times", DeadLetterRedrive::times)
        .instant("at", DeadLetterRedrive::at);
  }

  static TopicRows<RejectedCallback> rejections() {
    return LogRows.of(Topics.REJECTIONS, "rejections")
        .text("delivery_id", RejectedCallback::deliveryId)
        .text("protocol", RejectedCallback::protocol)
        .text("account", RejectedCallback::account)
        .text("rejection", r -> r.rejection().name())
        .text("explanation", RejectedCallback::explanation)
        .text("body_sha256", RejectedCallback::bodySha256)
        .bigint("body_bytes", RejectedCallback::bodyBytes)
        .instant("at", RejectedCallback::at);
  }

  private static String currency(PaymentFact payment) {
    return payment.currency();
  }

  private static <C> @Nullable C refund(
      PaymentNotification notification, Function<RefundFact, @Nullable C> column) {
    RefundFact refund = notification.refund();
    return refund == null ? null : column.apply(refund);
  }

  private static <C> @Nullable C answer(
      PaymentNotification notification, Function<Observation, @Nullable C> column) {
    Observation observation = notification.observation();
    return observation == null ? null : column.apply(observation);
  }

  private static <C> @Nullable C source(
      DeadLetter letter, Function<RecordCoordinates, @Nullable C> column) {
    RecordCoordinates source = letter.source();
    return source == null ? null : column.apply(source);
  }
}
