package io.paidonce.projector.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.Answer;
import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.OrderStatus;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Why an order is paid or not, in one sentence, with what to do. The rules go from what is certain
 * to what is only likely, and the first that fits speaks.
 */
final class Diagnosis {

  /** What a diagnosis may be; the names are for programs and stay. */
  enum Code {
    PAID,
    REFUNDED,
    CANCELLED,
    CANCELLED_WITH_MONEY,
    DEAD_LETTER,
    MONEY_HELD,
    CONTRADICTED,
    BEING_PROCESSED,
    NOT_PLACED,
    PARTLY_PAID,
    OVERDUE,
    NEVER_STARTED,
    CLOSED_AT_PROVIDER,
    WAITING_FOR_CUSTOMER,
    PROVIDER_UNCLEAR,
    NOTHING_HEARD,
    UNKNOWN_STATUS
  }

  private static final Set<String> HOLDS_MONEY =
      Set.of(
          ExceptionKind.AMOUNT_MISMATCH.name(),
          ExceptionKind.CURRENCY_MISMATCH.name(),
          ExceptionKind.PAYEE_MISMATCH.name());

  private final JsonNode order;
  private final @Nullable OrderStatus status;

  private Diagnosis(JsonNode order) {
    this.order = order;
    this.status = Words.of(OrderStatus.class, order.path("status").asText());
  }

  static ObjectNode of(JsonNode order) {
    return new Diagnosis(order).say();
  }

  private ObjectNode say() {
    if (status == null) {
      return order.has("status") ? newer() : withoutStatus();
    }
    return switch (status) {
      case PAID, SHIPPED, COMPLETED ->
          says(
              Code.PAID,
              "It is paid, by transaction "
                  + order.path("payingTransactionId").asText()
                  + " at "
                  + order.path("payingProvider").asText()
                  + ".",
              order.has("paid")
                  ? "Nothing to do: order-paid was sent."
                  : "order-paid is not in the read store yet; if it stays so, run paidonce verify.");
      case REFUNDED ->
          says(
              Code.REFUNDED,
              "It was paid, and all of it went back to the customer.",
              "Nothing to do.");
      case CANCELLED -> cancelled();
      case UNPLACED -> lost().or(this::processing).orElseGet(this::unplaced);
      case PENDING ->
          lost()
              .or(this::held)
              .or(this::contradicted)
              .or(this::processing)
              .or(this::partly)
              .or(this::overdue)
              .orElseGet(this::waiting);
    };
  }

  private ObjectNode newer() {
    return says(
        Code.UNKNOWN_STATUS,
        "Its status is " + order.path("status").asText() + ", which this build does not know.",
        "Read it with the build that wrote it.");
  }

  private ObjectNode withoutStatus() {
    return lost()
        .or(this::processing)
        .orElseGet(
            () ->
                says(
                    Code.NOT_PLACED,
                    "It was never placed: no order service made it known, and no payment came.",
                    "Place it, with the order number that the customer pays under."));
  }

  private ObjectNode unplaced() {
    return says(
        Code.NOT_PLACED,
        count("payments") == 0
            ? "Something is known of it, but no order service has placed it."
            : "Money for it is here, but no order service has placed it.",
        "Place it: the payment is applied by itself then. Or refund the payment.");
  }

  private ObjectNode cancelled() {
    boolean hasMoney = sum("owedBackMinor") > 0;
    String who = order.path("cancelled").path("actor").asText();
    String when = order.path("cancelled").path("at").asText();
    return says(
        hasMoney ? Code.CANCELLED_WITH_MONEY : Code.CANCELLED,
        "It was cancelled"
            + (when.isEmpty() ? "" : " at " + when)
            + (who.isEmpty() ? "" : " by " + who)
            + (hasMoney ? ", and money of it is here that is the customer's." : "."),
        hasMoney
            ? "Refund it in full, or place a new order for it; its exception says which is asked."
            : "Nothing to do; to sell it after all, place a new order.");
  }

  private Optional<ObjectNode> lost() {
    for (JsonNode letter : order.path("deadLetters")) {
      if (letter.path("redrives").isEmpty()) {
        return Optional.of(
            says(
                Code.DEAD_LETTER,
                "A record of it could not be processed: dead letter "
                    + letter.path("id").asText()
                    + ", "
                    + letter.path("reason").asText()
                    + " ("
                    + letter.path("detail").asText()
                    + ").",
                "A developer mends the cause and drives it again: paidonce deadletters show "
                    + letter.path("id").asText()
                    + "."));
      }
    }
    return Optional.empty();
  }

  private Optional<ObjectNode> held() {
    return open(HOLDS_MONEY)
        .map(
            one ->
                says(
                    Code.MONEY_HELD,
                    "Money for it is here and counted nowhere, "
                        + one.path("kind").asText()
                        + ": "
                        + sentence(one),
                    one.path("suggestedAction").asText()));
  }

  private Optional<ObjectNode> contradicted() {
    return open(Set.of(ExceptionKind.CONFLICTING_NOTIFICATION.name()))
        .map(one -> says(Code.CONTRADICTED, sentence(one), one.path("suggestedAction").asText()));
  }

  // A payment that arrived and that no row of the ledger knows: it is on its way, or the way is
  // blocked.
  private Optional<ObjectNode> processing() {
    Set<String> counted = new HashSet<>();
    order.path("payments").forEach(p -> counted.add(p.path("transactionId").asText()));
    return rows("notifications")
        .filter(n -> n.path("kind").asText().equals("PAYMENT"))
        .filter(n -> !counted.contains(n.path("transactionId").asText()))
        .findFirst()
        .map(
            n ->
                says(
                    Code.BEING_PROCESSED,
                    "A payment of it arrived at "
                        + n.path("receivedAt").asText()
                        + " (transaction "
                        + n.path("transactionId").asText()
                        + ") and has not been counted yet.",
                    "Ask again in a few seconds. If it stays so, the streams role or the projector"
                        + " is down or behind: look at their health and lag."));
  }

  private Optional<ObjectNode> partly() {
    long applied = sum("appliedMinor");
    long due = order.path("amountDueMinor").asLong();
    String currency = order.path("currency").asText();
    return applied > 0 && applied < due
        ? Optional.of(
            says(
                Code.PARTLY_PAID,
                "Of "
                    + Amount.of(due, currency)
                    + " due, "
                    + Amount.of(applied, currency)
                    + " came; "
                    + Amount.of(due - applied, currency)
                    + " is missing.",
                "Wait for the rest, or have the customer pay it."))
        : Optional.empty();
  }

  private Optional<ObjectNode> overdue() {
    return order.has("dueSince")
        ? Optional.of(
            says(
                Code.OVERDUE,
                "Its time to pay was over at "
                    + order.path("dueSince").asText()
                    + " and nobody paid; "
                    + lastAnswer(),
                "If accounts are being asked and closed, it is cancelled by itself when all have"
                    + " answered; is a reconciler running? Else cancel it."))
        : Optional.empty();
  }

  private ObjectNode waiting() {
    Map<String, JsonNode> newest = answers();
    if (newest.isEmpty()) {
      boolean isAsked = count("requests") > 0;
      return says(
          Code.NOTHING_HEARD,
          isAsked
              ? "No callback came, and the provider that was asked has not answered yet."
              : "No callback came, and no provider was asked.",
          isAsked
              ? "Is a reconciler running, and are its credentials right? See paidonce reconcile."
              : "The customer has not paid, or the callback does not reach us: look for refusals in"
                  + " rejections, and at the notify URL in the provider's console.");
    }
    if (has(newest, Answer.UNPAID)) {
      return says(
          Code.WAITING_FOR_CUSTOMER,
          "The customer has not paid: " + lastAnswer(),
          "Wait for the customer.");
    }
    if (has(newest, Answer.UNKNOWN) || has(newest, Answer.GAVE_UP)) {
      return says(
          Code.PROVIDER_UNCLEAR,
          "Nobody could say whether it was paid: " + lastAnswer(),
          "Look it up in the provider's console. It is asked again by itself.");
    }
    if (has(newest, Answer.CLOSED)) {
      return says(
          Code.CLOSED_AT_PROVIDER,
          "The provider closed it unpaid: " + lastAnswer(),
          "The customer can't pay it any more: cancel it and place a new order.");
    }
    return says(
        Code.NEVER_STARTED,
        "The customer never came to the provider's cashier: " + lastAnswer(),
        "Is the order sent to the provider under this number? Else wait for the customer.");
  }

  private static boolean has(Map<String, JsonNode> answers, Answer answer) {
    return answers.values().stream()
        .anyMatch(one -> one.path("answer").asText().equals(answer.name()));
  }

  /** The newest answer of each account. */
  private Map<String, JsonNode> answers() {
    Map<String, JsonNode> newest = new LinkedHashMap<>();
    rows("notifications")
        .filter(n -> n.has("answer"))
        .forEach(
            n ->
                newest.merge(
                    n.path("provider").asText() + ":" + n.path("account").asText(),
                    n,
                    (one, other) ->
                        Times.parse(other.path("receivedAt").asText())
                                .isBefore(Times.parse(one.path("receivedAt").asText()))
                            ? one
                            : other));
    return newest;
  }

  private String lastAnswer() {
    List<String> answers =
        answers().entrySet().stream()
            .map(
                one ->
                    one.getKey()
                        + " answered "
                        + one.getValue().path("answer").asText()
                        + " at "
                        + one.getValue().path("receivedAt").asText())
            .toList();
    return answers.isEmpty() ? "no provider has answered." : String.join(", ", answers) + ".";
  }

  private Optional<JsonNode> open(Set<String> kinds) {
    return rows("exceptions")
        .filter(e -> e.path("state").asText().equals("OPEN"))
        .filter(e -> kinds.contains(e.path("kind").asText()))
        .findFirst();
  }

  private static String sentence(JsonNode exception) {
    ExceptionKind kind = Words.of(ExceptionKind.class, exception.path("kind").asText());
    return kind == null ? exception.path("kind").asText() : kind.sentence();
  }

  private long sum(String field) {
    return rows("balances").mapToLong(balance -> balance.path(field).asLong()).sum();
  }

  private int count(String rows) {
    return order.path(rows).size();
  }

  private Stream<JsonNode> rows(String name) {
    return StreamSupport.stream(order.path(name).spliterator(), false);
  }

  private static ObjectNode says(Code code, String sentence, String next) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("code", code.name())
        .put("sentence", sentence)
        .put("next", next);
  }
}
