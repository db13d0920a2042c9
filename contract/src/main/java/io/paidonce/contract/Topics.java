package io.paidonce.contract;

import io.paidonce.contract.Topic.Flush;
import io.paidonce.contract.Topic.Kept;
import io.paidonce.contract.Topic.Writers;
import java.util.List;

/**
 * Every topic, once. {@code ./paidonce topics apply} creates them and {@code topics check} compares
 * a cluster with them.
 */
public final class Topics {

  private static final int PARTITIONS = 12;
  private static final String BY_ORDER = "shop:order_no";

  public static final Topic<PaymentNotification> PAYMENT_NOTIFICATIONS =
      new Topic<>(
          "payment-notifications",
          JsonSerde.of(PaymentNotification.class),
          PaymentNotification.SCHEMA,
          "provider:account:transaction_id",
          PARTITIONS,
          Kept.DAYS_400,
          Flush.EACH_APPEND,
          Topic.MAX_MESSAGE_BYTES,
          Writers.OURS,
          "Authenticated notifications with their raw evidence, as received.");

  public static final Topic<OrderCommand> ORDER_COMMANDS =
      new Topic<>(
          "order-commands",
          JsonSerde.of(OrderCommand.class),
          OrderCommand.SCHEMA,
          BY_ORDER,
          PARTITIONS,
          Kept.DAYS_400,
          Flush.EACH_APPEND,
          Topic.MAX_MESSAGE_BYTES,
          Writers.ANYONE,
          "What order services ask: place, ship, complete, cancel, resolve.");

  public static final Topic<OrderInput> ORDER_INPUTS =
      new Topic<>(
          "order-inputs",
          JsonSerde.of(OrderInput.class),
          OrderInput.SCHEMA,
          BY_ORDER,
          PARTITIONS,
          Kept.DAYS_400,
          Flush.EACH_APPEND,
          Topic.MAX_MESSAGE_BYTES,
          Writers.OURS,
          "The one log that order state is a fold of: each fact, observation, command and deadline once.");

  public static final Topic<OrderTransition> ORDER_TRANSITIONS =
      new Topic<>(
          "order-transitions",
          JsonSerde.of(OrderTransition.class),
          OrderTransition.SCHEMA,
          BY_ORDER,
          PARTITIONS,
          Kept.FOR_EVER,
          Flush.EACH_APPEND,
          Topic.MAX_MESSAGE_BYTES,
          Writers.OURS,
          "Every change of every order, with the order after it.");

  public static final Topic<OrderPaid> ORDER_PAID =
      new Topic<>(
          "order-paid",
          JsonSerde.of(OrderPaid.class),
          OrderPaid.SCHEMA,
          BY_ORDER,
          PARTITIONS,
          Kept.DAYS_400,
          Flush.EACH_APPEND,
          Topic.MAX_MESSAGE_BYTES,
          Writers.OURS,
          "Ship it: exactly one record for a paid order, read with read_committed.");

  public static final Topic<OrderCancelled> ORDER_CANCELLED =
      new Topic<>(
          "order-cancelled",
          JsonSerde.of(OrderCancelled.class),
          OrderCancelled.SCHEMA,
          BY_ORDER,
          PARTITIONS,
          Kept.DAYS_400,
          Flush.EACH_APPEND,
          Topic.MAX_MESSAGE_BYTES,
          Writers.OURS,
          "Release it: the order will not be paid.");

  public static final Topic<OrderRefunded> ORDER_REFUNDED =
      new Topic<>(
          "order-refunded",
          JsonSerde.of(OrderRefunded.class),
          OrderRefunded.SCHEMA,
          BY_ORDER,
          PARTITIONS,
          Kept.DAYS_400,
          Flush.EACH_APPEND,
          Topic.MAX_MESSAGE_BYTES,
          Writers.OURS,
          "Take it back: nothing of the order's payment is left.");

  public static final Topic<NotificationReceipt> NOTIFICATION_RECEIPTS =
      new Topic<>(
          "notification-receipts",
          JsonSerde.of(NotificationReceipt.class),
          NotificationReceipt.SCHEMA,
          "notification identity",
          PARTITIONS,
          Kept.COMPACTED,
          Flush.KERNEL,
          Topic.MAX_MESSAGE_BYTES,
          Writers.OURS,
          "How often and how each notification came.");

  public static final Topic<ExceptionCase> PAYMENT_EXCEPTIONS =
      new Topic<>(
          "payment-exceptions",
          JsonSerde.of(ExceptionCase.class),
          ExceptionCase.SCHEMA,
          BY_ORDER,
          PARTITIONS,
          Kept.FOR_EVER,
          Flush.EACH_APPEND,
          Topic.MAX_MESSAGE_BYTES,
          Writers.OURS,
          "What a person must decide.");

  public static final Topic<CommandOutcome> COMMAND_OUTCOMES =
      new Topic<>(
          "command-outcomes",
          JsonSerde.of(CommandOutcome.class),
          CommandOutcome.SCHEMA,
          BY_ORDER,
          PARTITIONS,
          Kept.DAYS_400,
          Flush.EACH_APPEND,
          Topic.MAX_MESSAGE_BYTES,
          Writers.OURS,
          "What became of each command that changed nothing: refused, so already, or its id used twice.");

  public static final Topic<ProviderRequest> PROVIDER_REQUESTS =
      new Topic<>(
          "provider-requests",
          JsonSerde.of(ProviderRequest.class),
          ProviderRequest.SCHEMA,
          BY_ORDER,
          PARTITIONS,
          Kept.DAYS_90,
          Flush.EACH_APPEND,
          Topic.MAX_MESSAGE_BYTES,
          Writers.OURS,
          "What a provider is to be asked: query, close, refund.");

  public static final Topic<DeadLetter> DEAD_LETTERS =
      new Topic<>(
          "dead-letters",
          JsonSerde.of(DeadLetter.class),
          DeadLetter.SCHEMA,
          "as the source record",
          PARTITIONS,
          Kept.DAYS_400,
          Flush.EACH_APPEND,
          Topic.MAX_DEAD_LETTER_BYTES,
          Writers.OURS,
          "What a developer must mend, with the original bytes.");

  public static final Topic<DeadLetterRedrive> DEAD_LETTER_REDRIVES =
      new Topic<>(
          "dead-letter-redrives",
          JsonSerde.of(DeadLetterRedrive.class),
          DeadLetterRedrive.SCHEMA,
          "partition:offset of the dead letter",
          PARTITIONS,
          Kept.DAYS_400,
          Flush.EACH_APPEND,
          Topic.MAX_MESSAGE_BYTES,
          Writers.OURS,
          "Which dead letters were driven again, by whom and why.");

  public static final Topic<RejectedCallback> REJECTIONS =
      new Topic<>(
          "rejections",
          JsonSerde.of(RejectedCallback.class),
          RejectedCallback.SCHEMA,
          "account",
          PARTITIONS,
          Kept.DAYS_30,
          Flush.KERNEL,
          Topic.MAX_MESSAGE_BYTES,
          Writers.OURS,
          "Sampled, redacted refusals with their explanation.");

  public static final Topic<GatewayStatus> GATEWAY_STATUS =
      new Topic<>(
          "gateway-status",
          JsonSerde.of(GatewayStatus.class),
          GatewayStatus.SCHEMA,
          "gateway instance",
          PARTITIONS,
          Kept.COMPACTED,
          Flush.KERNEL,
          Topic.MAX_MESSAGE_BYTES,
          Writers.OURS,
          "How each gateway does, once a minute: what it answered, and which of its keys end first.");

  private static final List<Topic<?>> ALL =
      List.of(
          PAYMENT_NOTIFICATIONS,
          ORDER_COMMANDS,
          ORDER_INPUTS,
          ORDER_TRANSITIONS,
          ORDER_PAID,
          ORDER_CANCELLED,
          ORDER_REFUNDED,
          NOTIFICATION_RECEIPTS,
          PAYMENT_EXCEPTIONS,
          COMMAND_OUTCOMES,
          PROVIDER_REQUESTS,
          DEAD_LETTERS,
          DEAD_LETTER_REDRIVES,
          REJECTIONS,
          GATEWAY_STATUS);

  private Topics() {}

  public static List<Topic<?>> all() {
    return ALL;
  }
}
