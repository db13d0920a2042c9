package io.paidonce.projector.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.CommandOutcome;
import io.paidonce.contract.CommandResult;
import io.paidonce.contract.OrderKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of each command of an order. A command that changed the order is told by its
 * transition, any other by an outcome, and a repetition by neither: the first one's end is its own.
 */
public final class Commands {

  /** The command changed its order. */
  public static final String ACCEPTED = "ACCEPTED";

  /** Nothing says yet what became of it: it was not read, or could not be. */
  public static final String PENDING = "PENDING";

  private Commands() {}

  /**
   * One object for each command id, in the order of their first records.
   *
   * @param order its rows: {@code shop}, {@code orderNo}, {@code commandRecords}, {@code outcomes}
   *     and {@code history}
   */
  public static ArrayNode of(ObjectNode order) {
    Map<String, List<JsonNode>> byId = new LinkedHashMap<>();
    for (JsonNode record : order.path("commandRecords")) {
      byId.computeIfAbsent(record.path("commandId").asText(), id -> new ArrayList<>()).add(record);
    }
    ArrayNode commands = JsonNodeFactory.instance.arrayNode();
    byId.forEach((id, records) -> commands.add(one(order, id, records)));
    return commands;
  }

  private static ObjectNode one(ObjectNode order, String id, List<JsonNode> records) {
    JsonNode first = records.get(0);
    ObjectNode command = JsonNodeFactory.instance.objectNode();
    command
        .put("commandId", id)
        .put("shop", order.path("shop").asText())
        .put("orderNo", order.path("orderNo").asText())
        .put("kind", first.path("kind").asText())
        .put("actor", first.path("actor").asText())
        .put("issuedAt", first.path("issuedAt").asText());
    if (first.hasNonNull("reason")) {
      // Its sender's; reason is the ledger's.
      command.put("why", first.path("reason").asText());
    }
    judge(command, order, id);
    ArrayNode told = command.putArray("records");
    boolean isFirst = true;
    for (JsonNode record : records) {
      told.addObject()
          .put("issuedAt", record.path("issuedAt").asText())
          .put("verdict", verdict(order, record, isFirst))
          .set("source", record.path("source"));
      isFirst = false;
    }
    return command;
  }

  private static void judge(ObjectNode command, ObjectNode order, String id) {
    OrderKey key = new OrderKey(order.path("shop").asText(), order.path("orderNo").asText());
    String inputId = CommandOutcome.inputId(key, id);
    for (JsonNode transition : order.path("history")) {
      if (transition.path("inputId").asText().equals(inputId)) {
        command
            .put("outcome", ACCEPTED)
            .put("orderVersion", transition.path("version").asLong())
            .put("decidedAt", transition.path("at").asText());
        return;
      }
    }
    JsonNode decided = null;
    JsonNode conflict = null;
    for (JsonNode outcome : order.path("outcomes")) {
      if (outcome.path("commandId").asText().equals(id)) {
        if (isConflict(outcome)) {
          conflict = outcome;
        } else if (decided == null) {
          decided = outcome;
        }
      }
    }
    JsonNode told = decided == null ? conflict : decided;
    if (told == null) {
      command.put("outcome", PENDING);
    } else {
      command
          .put("outcome", told.path("result").asText())
          .put("reason", told.path("reason").asText())
          .put("decidedAt", told.path("at").asText());
    }
  }

  private static String verdict(ObjectNode order, JsonNode record, boolean isFirst) {
    for (JsonNode outcome : order.path("outcomes")) {
      if (isConflict(outcome) && outcome.path("source").equals(record.path("source"))) {
        return CommandResult.IDEMPOTENCY_CONFLICT.name();
      }
    }
    return isFirst ? "FIRST" : "REPEATED";
  }

  private static boolean isConflict(JsonNode outcome) {
    return outcome.path("result").asText().equals(CommandResult.IDEMPOTENCY_CONFLICT.name());
  }
}
