package io.paidonce.providers;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.paidonce.contract.Answer;
import io.paidonce.contract.NotificationKind;
import io.paidonce.contract.Observation;
import io.paidonce.contract.PaymentNotification;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether an answer to a request of ours is the provider's. What lets an order be cancelled, that
 * nobody paid and nobody can, must stand in bytes that the provider signed.
 */
final class ObservationCheck {

  private static final Set<String> CLOSED = Set.of("CLOSED", "TRADE_CLOSED");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern NOT_FOUND = Pattern.compile("[A-Z]_?NOT_?EXISTS?\\b");

  private static final Optional<String> OF_ANOTHER_ACCOUNT =
      Optional.of("the answer is of another account than its record");

  private ObservationCheck() {}

  /** Returns what is wrong with our own word. */
  static Optional<String> ownFault(PaymentNotification stored, Observation said) {
    if (isOfAnotherAccount(stored, said)) {
      return OF_ANOTHER_ACCOUNT;
    }
    return said.answer() == Answer.GAVE_UP || said.answer() == Answer.UNKNOWN
        ? Optional.empty()
        : Optional.of("we say " + said.answer() + " ourselves, and no provider does");
  }

  private static boolean isOfAnotherAccount(PaymentNotification stored, Observation said) {
    return !said.provider().equals(stored.provider()) || !said.account().equals(stored.account());
  }

  /**
   * Returns what is wrong with what is said to be a provider's.
   *
   * @param verdict what its evidence says, which was not refused
   */
  static Optional<String> fault(PaymentNotification stored, Observation said, Verdict verdict) {
    if (isOfAnotherAccount(stored, said)) {
      return OF_ANOTHER_ACCOUNT;
    }
    List<PaymentNotification> told =
        verdict instanceof Verdict.Authentic authentic ? authentic.notifications() : List.of();
    if (isAboutAnotherOrder(stored, told)) {
      return Optional.of("its evidence is about another order");
    }
    return says(said.answer(), told, stored)
        ? Optional.empty()
        : Optional.of("its evidence does not say " + said.answer());
  }

  // One of several orders that are paid together is among those that the answer names.
  private static boolean isAboutAnotherOrder(
      PaymentNotification stored, List<PaymentNotification> told) {
    Optional<Set<String>> combined = combinedOrders(stored);
    return combined.isPresent()
        ? !combined.get().contains(String.valueOf(stored.orderNo()))
        : told.stream()
            .anyMatch(one -> one.orderNo() != null && !one.orderNo().equals(stored.orderNo()));
  }

  private static Optional<Set<String>> combinedOrders(PaymentNotification stored) {
    JsonNode answer;
    try {
      answer = JSON.readTree(stored.evidence().body().bytes());
    } catch (IOException e) {
      return Optional.empty();
    }
    if (answer == null || !answer.has("combine_out_trade_no")) {
      return Optional.empty();
    }
    Set<String> orders = new HashSet<>();
    answer.path("sub_orders").forEach(one -> orders.add(one.path("out_trade_no").asText("")));
    return Optional.of(orders);
  }

  private static boolean says(
      Answer answer, List<PaymentNotification> told, PaymentNotification stored) {
    boolean isFact =
        told.stream()
            .anyMatch(
                one ->
                    one.kind() == NotificationKind.PAYMENT
                        || one.kind() == NotificationKind.REFUND);
    return switch (answer) {
      case TOLD -> isFact;
      case CLOSED -> !isFact && told.stream().anyMatch(one -> CLOSED.contains(one.eventType()));
      case UNPAID ->
          !isFact
              && !told.isEmpty()
              && told.stream().noneMatch(one -> CLOSED.contains(one.eventType()));
      case NOT_FOUND ->
          !isFact && NOT_FOUND.matcher(new String(stored.evidence().body().bytes(), UTF_8)).find();
      case UNKNOWN, GAVE_UP -> true;
    };
  }
}
