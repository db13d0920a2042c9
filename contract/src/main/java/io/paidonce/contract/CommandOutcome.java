package io.paidonce.contract;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * What became of one command that changed nothing. One that changed its order is told by that
 * transition, whose {@code inputId} is {@link #inputId}: so every command that was read ends in one
 * of the two, and who sent it need not wait in doubt. A repetition of a command is told by neither;
 * the first one's end is its own.
 *
 * @param schema version of this record's layout
 * @param commandId as its sender chose it
 * @param actor who asked
 * @param kind what was asked
 * @param shop who owns the order
 * @param orderNo the shop's number of it
 * @param result how it ended
 * @param reason one sentence for people
 * @param at our clock when the command was received, so that a replay writes the same
 * @param source the record that held the command
 */
public record CommandOutcome(
    @JsonProperty(required = true) int schema,
    String commandId,
    String actor,
    CommandKind kind,
    String shop,
    String orderNo,
    CommandResult result,
    String reason,
    Instant at,
    RecordCoordinates source) {

  public static final int SCHEMA = 1;

  public CommandOutcome {
    Schema.require(schema, SCHEMA, "CommandOutcome");
    Text.required(commandId, "commandId", 200);
    Text.required(actor, "actor", 200);
    requireNonNull(kind, "kind");
    new OrderKey(requireNonNull(shop, "shop"), requireNonNull(orderNo, "orderNo"));
    requireNonNull(result, "result");
    requireNonNull(reason, "reason");
    requireNonNull(at, "at");
    requireNonNull(source, "source");
  }

  /** Of a command, at the place where it stands in the log. */
  public static CommandOutcome of(
      OrderCommand command,
      CommandResult result,
      String reason,
      Instant at,
      RecordCoordinates source) {
    return new CommandOutcome(
        SCHEMA,
        command.commandId(),
        command.actor(),
        command.kind(),
        command.shop(),
        command.orderNo(),
        result,
        reason,
        at,
        source);
  }

  /** The input that a command becomes: a command id is unique within its order. */
  public static String inputId(OrderKey order, String commandId) {
    return "command:" + order + ":" + commandId;
  }

  /** The same for every reading and every replay; also the record's {@code ce_id}. */
  public String eventId() {
    return "command-outcomes/" + source;
  }

  public OrderKey order() {
    return new OrderKey(shop, orderNo);
  }
}
