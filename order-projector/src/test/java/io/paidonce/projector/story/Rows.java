package io.paidonce.projector.story;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An order's rows, as the read store has them, by hand. */
final class Rows {

  static final String T0 = "2026-01-31T12:00:00Z";
  static final String T1 = "2026-01-31T12:00:01.5Z";
  static final String T2 = "2026-01-31T12:00:02.123456Z";
  static final String T3 = "2026-01-31T12:00:30Z";

  private final ObjectNode order = JsonNodeFactory.instance.objectNode();

  Rows() {
    order.put("shop", "s1").put("orderNo", "o1");
  }

  Rows status(String status) {
    order.put("status", status).put("amountDueMinor", 1200).put("currency", "CNY");
    return this;
  }

  Rows with(String field, String value) {
    order.put(field, value);
    return this;
  }

  ObjectNode add(String list) {
    return order.withArray(list).addObject();
  }

  Rows place(String commandId, String at) {
    ObjectNode command =
        add("commandRecords")
            .put("commandId", commandId)
            .put("kind", "PLACE")
            .put("actor", "shop")
            .put("issuedAt", at);
    place(command, "order-commands", order.path("commandRecords").size());
    return this;
  }

  Rows transition(long version, String from, String to, String cause, String input, String at) {
    ObjectNode transition =
        add("history")
            .put("version", version)
            .put("from", from)
            .put("to", to)
            .put("cause", cause)
            .put("inputId", input)
            .put("at", at);
    place(transition, "order-inputs", version);
    return this;
  }

  Rows outcome(String commandId, String result, String reason, String at, long sourceOffset) {
    ObjectNode outcome =
        add("outcomes")
            .put("commandId", commandId)
            .put("kind", "SHIP")
            .put("actor", "shop")
            .put("result", result)
            .put("reason", reason)
            .put("at", at);
    place(outcome, "order-commands", sourceOffset);
    return this;
  }

  Rows paidBy(String transaction, String at) {
    ObjectNode delivery =
        add("notifications")
            .put("provider", "wechat")
            .put("account", "1900000001")
            .put("kind", "PAYMENT")
            .put("witness", "CALLBACK")
            .put("authentication", "SIGNED")
            .put("transactionId", transaction)
            .put("amountMinor", 1200)
            .put("currency", "CNY")
            .put("receivedAt", at);
    place(delivery, "payment-notifications", 1);
    return this;
  }

  Rows counted(String transaction, String standing) {
    add("payments")
        .put("transactionId", transaction)
        .put("standing", standing)
        .put("amountMinor", 1200)
        .put("currency", "CNY");
    return this;
  }

  Rows answer(String answer, String at) {
    add("notifications")
        .put("provider", "wechat")
        .put("account", "1900000001")
        .put("kind", "OBSERVATION")
        .put("witness", "QUERY")
        .put("requestId", "query/o1")
        .put("attempt", 1)
        .put("answer", answer)
        .put("receivedAt", at);
    return this;
  }

  Rows exception(String kind, String state) {
    ObjectNode one =
        add("exceptions")
            .put("kind", kind)
            .put("state", state)
            .put("revision", 1)
            .put("suggestedAction", "decide")
            .put("openedAt", T2)
            .put("at", T2);
    place(one, "order-inputs", 9);
    return this;
  }

  Rows balance(long applied, long owedBack) {
    add("balances")
        .put("currency", "CNY")
        .put("appliedMinor", applied)
        .put("owedBackMinor", owedBack);
    return this;
  }

  ObjectNode order() {
    return order;
  }

  private static void place(ObjectNode node, String topic, long offset) {
    node.putObject("source").put("topic", topic).put("partition", 0).put("offset", offset);
  }
}
