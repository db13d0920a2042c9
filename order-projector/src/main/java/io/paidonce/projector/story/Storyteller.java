package io.paidonce.projector.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.CommandOutcome;
import io.paidonce.contract.CommandResult;
import io.paidonce.contract.DeadLetterReason;
import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.InputKind;
import io.paidonce.contract.NotificationKind;
import io.paidonce.contract.OrderCancelled;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.RequestKind;
import io.paidonce.projector.story.Telling.Rank;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** Tells all that happened to an order as one list, each with where it stands in the log. */
public final class Storyteller {

  private static final JsonNode NOWHERE = MissingNode.getInstance();

  /** What commands are told from, and nothing else. */
  private static final Set<String> MADE_OF = Set.of("commandRecords", "outcomes");

  private Storyteller() {}

  /**
   * Adds {@code diagnosis}, {@code story} and {@code commands} to an order's rows, and takes out
   * what only these were made of.
   */
  public static ObjectNode tell(ObjectNode order) {
    ArrayNode commands = Commands.of(order);
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    ArrayNode story = story(order, commands);
    ObjectNode diagnosis = Diagnosis.of(order);
    order
        .properties()
        .forEach(
            field -> {
              if (!MADE_OF.contains(field.getKey())) {
                told.set(field.getKey(), field.getValue());
              }
            });
    told.set("commands", commands);
    told.set("diagnosis", diagnosis);
    told.set("story", story);
    return told;
  }

  private static ArrayNode story(ObjectNode order, ArrayNode commands) {
    Telling telling = new Telling();
    commands.forEach(command -> command(command, telling));
    order.path("history").forEach(transition -> transition(order, commands, transition, telling));
    order.path("outcomes").forEach(outcome -> outcome(commands, outcome, telling));
    long n = 0;
    for (JsonNode delivery : order.path("notifications")) {
      telling.tell(
          delivery.path("receivedAt").asText(),
          Rank.DELIVERY,
          n++,
          delivery(delivery),
          delivery.path("source"));
    }
    for (JsonNode request : order.path("requests")) {
      telling.tell(
          request.path("requestedAt").asText(),
          Rank.REQUEST,
          n++,
          request(request),
          request.path("source"));
    }
    order.path("exceptions").forEach(one -> exception(one, telling));
    order.path("deadLetters").forEach(letter -> deadLetter(letter, telling));
    events(order, telling);
    return telling.inTime();
  }

  // What was decided is told where it was decided; here is only what nobody has decided yet.
  private static void command(JsonNode command, Telling telling) {
    String who = command.path("actor").asText();
    String what = asked(command);
    boolean isDecided = !command.path("outcome").asText().equals(Commands.PENDING);
    for (JsonNode record : command.path("records")) {
      String verdict = record.path("verdict").asText();
      if (verdict.equals("REPEATED")) {
        telling.tell(
            record.path("issuedAt").asText(),
            Rank.COMMAND,
            0,
            who + " asked to " + what + " again (command " + id(command) + "): a repetition",
            record.path("source"));
      } else if (!isDecided) {
        telling.tell(
            record.path("issuedAt").asText(),
            Rank.COMMAND,
            0,
            who
                + " asked to "
                + what
                + " (command "
                + id(command)
                + ")"
                + why(command)
                + "; not decided yet",
            record.path("source"));
      }
    }
  }

  // Of a conflict it is not known here which of its records it was.
  private static String whyOf(ArrayNode commands, JsonNode outcome) {
    return outcome.path("result").asText().equals(CommandResult.IDEMPOTENCY_CONFLICT.name())
        ? ""
        : why(find(commands, command -> id(command).equals(id(outcome))));
  }

  private static JsonNode find(ArrayNode commands, Predicate<JsonNode> wanted) {
    for (JsonNode command : commands) {
      if (wanted.test(command)) {
        return command;
      }
    }
    return NOWHERE;
  }

  private static String why(JsonNode command) {
    return command.has("why") ? ", because: " + command.path("why").asText() : "";
  }

  private static void outcome(ArrayNode commands, JsonNode outcome, Telling telling) {
    telling.tell(
        outcome.path("at").asText(),
        Rank.OUTCOME,
        0,
        outcome.path("actor").asText()
            + " asked to "
            + asked(outcome)
            + " (command "
            + id(outcome)
            + ")"
            + whyOf(commands, outcome)
            + ": "
            + outcome.path("result").asText()
            + ", "
            + outcome.path("reason").asText(),
        outcome.path("source"));
  }

  private static void transition(
      ObjectNode order, ArrayNode commands, JsonNode transition, Telling telling) {
    String from = transition.path("from").asText();
    String to = transition.path("to").asText();
    telling.tell(
        transition.path("at").asText(),
        Rank.TRANSITION,
        transition.path("version").asLong(),
        cause(order, transition)
            + whoAndWhy(order, commands, transition)
            + (from.equals(to) ? "; it stays " + to : ": " + from + " becomes " + to)
            + " (version "
            + transition.path("version").asLong()
            + ")",
        transition.path("source"));
  }

  private static String whoAndWhy(ObjectNode order, ArrayNode commands, JsonNode transition) {
    OrderKey key = new OrderKey(order.path("shop").asText(), order.path("orderNo").asText());
    String inputId = transition.path("inputId").asText();
    JsonNode command = find(commands, one -> CommandOutcome.inputId(key, id(one)).equals(inputId));
    return command.has("why") ? " by " + command.path("actor").asText() + why(command) : "";
  }

  private static String cause(ObjectNode order, JsonNode transition) {
    String text = transition.path("cause").asText();
    InputKind cause = Words.of(InputKind.class, text);
    if (cause == null) {
      return text;
    }
    return switch (cause) {
      case ORDER_PLACED -> "Placed, " + Amount.of(order, "amountDueMinor") + " due";
      case PAYMENT_SUCCEEDED -> "A payment was counted";
      case REFUND_SUCCEEDED -> "A refund was counted";
      case REFUND_ABNORMAL -> "A refund is stuck";
      case REFUND_CLOSED -> "A refund failed for good";
      case CANCEL_REQUESTED -> "Asked to be cancelled";
      case SHIP_REQUESTED -> "The goods left";
      case COMPLETE_REQUESTED -> "Declared done";
      case RESOLVE_REQUESTED -> "A person decided about an exception";
      case OBSERVED_UNPAID -> "The provider waits for the customer";
      case OBSERVED_CLOSED -> "The provider closed it unpaid";
      case OBSERVED_NOT_FOUND -> "The provider has no such order";
      case OBSERVED_TOLD -> "The provider told a fact";
      case OBSERVED_UNKNOWN -> "The provider's answer says nothing certain";
      case OBSERVED_GAVE_UP -> "No provider answered in the time allowed";
      case DEADLINE_DUE -> "Its time to pay was over";
      case ASK_DUE -> "It was time to ask the provider";
    };
  }

  private static String delivery(JsonNode delivery) {
    String provider = delivery.path("provider").asText();
    String by =
        delivery.path("witness").asText().equals("QUERY") ? "answered our query" : "called back";
    String text = delivery.path("kind").asText();
    NotificationKind kind = Words.of(NotificationKind.class, text);
    if (kind == null) {
      return provider + " " + by + ": " + text;
    }
    return provider
        + " "
        + switch (kind) {
          case PAYMENT ->
              by
                  + ": transaction "
                  + delivery.path("transactionId").asText()
                  + " paid "
                  + Amount.of(delivery, "amountMinor");
          case REFUND ->
              by
                  + ": refund "
                  + delivery.path("refundId").asText()
                  + " of transaction "
                  + delivery.path("transactionId").asText()
                  + " "
                  + delivery.path("refundOutcome").asText()
                  + ", "
                  + Amount.of(delivery, "amountMinor");
          case TRADE_CLOSED -> by + ": it closed the trade unpaid";
          case OBSERVATION -> answer(delivery);
          case UNRECOGNISED ->
              by
                  + " about something this build does not know: "
                  + delivery.path("eventType").asText();
        }
        + (delivery.path("authentication").asText().equals("UNSIGNED") ? " (unsigned)" : "")
        + (kind != NotificationKind.OBSERVATION && delivery.has("detail")
            ? ", " + delivery.path("detail").asText()
            : "");
  }

  private static String answer(JsonNode delivery) {
    return "answered "
        + delivery.path("answer").asText()
        + " to attempt "
        + delivery.path("attempt").asLong()
        + " of "
        + delivery.path("requestId").asText()
        + (delivery.has("detail") ? ": " + delivery.path("detail").asText() : "");
  }

  private static String request(JsonNode request) {
    String provider = request.path("provider").asText();
    String text = request.path("kind").asText();
    RequestKind kind = Words.of(RequestKind.class, text);
    String what =
        kind == null
            ? text
            : switch (kind) {
              case QUERY -> "what became of the payment";
              case CLOSE -> "to take no money for it any more";
              case REFUND ->
                  "to send " + Amount.of(request, "amountMinor") + " back as " + refundNo(request);
              case QUERY_REFUND -> "what became of refund " + refundNo(request);
            };
    return "We ask "
        + provider
        + " "
        + what
        + ", attempt "
        + request.path("attempt").asLong()
        + ": "
        + request.path("reason").asText();
  }

  private static String refundNo(JsonNode request) {
    return request.path("refundNo").asText();
  }

  private static void exception(JsonNode one, Telling telling) {
    ExceptionKind kind = Words.of(ExceptionKind.class, one.path("kind").asText());
    String sentence = kind == null ? "" : ": " + kind.sentence();
    telling.tell(
        one.path("openedAt").asText(),
        Rank.EXCEPTION,
        0,
        "Exception " + one.path("kind").asText() + sentence,
        one.path("revision").asLong() == 1 ? one.path("source") : NOWHERE);
    if (one.path("state").asText().equals("RESOLVED")) {
      telling.tell(
          one.path("at").asText(),
          Rank.EXCEPTION,
          1,
          "Exception " + one.path("kind").asText() + " is resolved",
          one.path("source"));
    }
  }

  private static void deadLetter(JsonNode letter, Telling telling) {
    DeadLetterReason reason = Words.of(DeadLetterReason.class, letter.path("reason").asText());
    telling.tell(
        letter.path("at").asText(),
        Rank.DEAD_LETTER,
        0,
        "A record of it could not be processed, dead letter "
            + letter.path("id").asText()
            + ", "
            + letter.path("reason").asText()
            + ": "
            + letter.path("detail").asText()
            + (reason == null ? "" : ". " + reason.suggestedAction()),
        letter.path("source"));
    for (JsonNode redrive : letter.path("redrives")) {
      telling.tell(
          redrive.path("at").asText(),
          Rank.DEAD_LETTER,
          1,
          redrive.path("actor").asText()
              + " drove dead letter "
              + letter.path("id").asText()
              + " again: "
              + redrive.path("why").asText(),
          redrive.path("source"));
    }
  }

  private static void events(ObjectNode order, Telling telling) {
    JsonNode paid = order.path("paid");
    event(
        order,
        paid,
        "order-paid was sent: transaction " + paid.path("transactionId").asText(),
        telling);
    JsonNode cancelled = order.path("cancelled");
    String actor = cancelled.path("actor").asText();
    event(
        order,
        cancelled,
        "order-cancelled was sent: "
            + (actor.equals(OrderCancelled.DEADLINE) ? "its time to pay was over" : "by " + actor),
        telling);
    JsonNode refunded = order.path("refunded");
    event(
        order,
        refunded,
        "order-refunded was sent: nothing of transaction "
            + refunded.path("transactionId").asText()
            + " is left",
        telling);
  }

  // An event belongs to a transition and has its time.
  private static void event(ObjectNode order, JsonNode event, String words, Telling telling) {
    if (event.isMissingNode()) {
      return;
    }
    for (JsonNode transition : order.path("history")) {
      if (transition.path("version").asLong() == event.path("orderVersion").asLong()) {
        telling.tell(transition.path("at").asText(), Rank.EVENT, 0, words, NOWHERE);
        return;
      }
    }
    String at = event.has("at") ? event.path("at").asText() : event.path("receivedAt").asText();
    telling.tell(at, Rank.EVENT, 0, words, NOWHERE);
  }

  private static String asked(JsonNode command) {
    String text = command.path("kind").asText();
    return text.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String id(JsonNode node) {
    return node.path("commandId").asText();
  }
}
