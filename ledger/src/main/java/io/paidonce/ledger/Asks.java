package io.paidonce.ledger;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.Answer;
import io.paidonce.contract.Observation;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.ProviderAccount;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.RequestKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a pending order asks, and what it makes of the answers. An order is closed in one way only,
 * whether its time is over or its shop wants it: each account is asked what became of the order,
 * told to close it, and asked again. Nothing but its word that nobody paid and nobody can ends
 * that, neither silence nor an error.
 */
final class Asks {

  static final String PLANNED = "planned query";
  static final String CLOSING = "closing";

  private Asks() {}

  /** Begins to close it: first of all, what became of it? */
  static Step close(
      OrderLedger order, Asking asking, OrderInput cause, String commandId, String actor) {
    Instant now = cause.receivedAt();
    Closing closing =
        new Closing(
            now,
            commandId,
            actor,
            asking.accounts().stream().map(account -> Closing.At.first(account, now)).toList());
    return asking(order.asking(asking.with(closing)), closing, closing.accounts(), cause);
  }

  /** It is time to ask: all of the plan, or of the closing what nobody answered. */
  static Step again(OrderLedger order, Asking asking, OrderInput cause) {
    Instant now = cause.receivedAt();
    Closing closing = asking.closing();
    if (closing == null) {
      Instant queryAt = asking.queryAt();
      return queryAt == null || queryAt.isAfter(now)
          ? new Step(order, List.of())
          : query(order, asking.queried(now, order.deadline()), cause);
    }
    List<Closing.At> due = new ArrayList<>();
    Closing next =
        closing.with(
            at -> {
              if (!at.isDue(now)) {
                return at;
              }
              Closing.At again = at.ask(RequestKind.QUERY, now);
              due.add(again);
              return again;
            });
    return asking(order.asking(asking.with(next)), next, due, cause);
  }

  private static Step query(OrderLedger order, Asking asking, OrderInput cause) {
    List<ProviderRequest> requests = new ArrayList<>();
    for (ProviderAccount account : asking.accounts()) {
      requests.add(
          request(
              order,
              RequestKind.QUERY,
              account,
              "query/" + order.order() + "/" + account,
              asking.queries(),
              PLANNED,
              // Then the next query is due, and an older answer is worth nothing.
              cause.receivedAt().plus(Asking.QUERY_EVERY),
              cause));
    }
    return new Step(order.asking(asking), requests);
  }

  /**
   * An account answered what was asked last.
   *
   * @param at of the closing, as {@link Closing#answeredBy} found it
   */
  static Step answered(
      OrderLedger order, Asking asking, Closing.At at, Observation answer, OrderInput cause) {
    Closing closing = requireNonNull(asking.closing(), "closing");
    Closing.At next = next(order, at, answer.answer(), cause.receivedAt());
    Closing after = closing.with(one -> one.account().equals(at.account()) ? next : one);
    if (after.isDone()) {
      return new Step(order.at(OrderStatus.CANCELLED, null), List.of());
    }
    return asking(
        order.asking(asking.with(after)),
        after,
        next.attempt() > at.attempt() ? List.of(next) : List.of(),
        cause);
  }

  private static Closing.At next(OrderLedger order, Closing.At at, Answer answer, Instant now) {
    return switch (answer) {
      case CLOSED, NOT_FOUND -> at.done();
      case UNPAID -> at.asked() == RequestKind.QUERY ? at.ask(RequestKind.CLOSE, now) : at;
      // The fact is on its way. Or it is known and did not pay the order: nobody can pay there
      // again, and what becomes of that money is decided elsewhere.
      case TOLD -> order.isPaidAt(at.account()) ? at.done() : at;
      // Asked again when its time is up.
      case UNKNOWN, GAVE_UP -> at;
    };
  }

  private static Step asking(
      OrderLedger order, Closing closing, List<Closing.At> due, OrderInput cause) {
    List<ProviderRequest> requests = new ArrayList<>();
    for (Closing.At at : due) {
      requests.add(
          request(
              order,
              at.asked(),
              at.account(),
              closing.requestId(order.order(), at.account()),
              at.attempt(),
              CLOSING,
              at.until(),
              cause));
    }
    return new Step(order, requests);
  }

  private static ProviderRequest request(
      OrderLedger order,
      RequestKind kind,
      ProviderAccount account,
      String requestId,
      int attempt,
      String reason,
      Instant until,
      OrderInput cause) {
    return new ProviderRequest(
        ProviderRequest.SCHEMA,
        requestId,
        kind,
        cause.shop(),
        cause.orderNo(),
        account.provider(),
        account.account(),
        null,
        null,
        null,
        null,
        null,
        order.combinedAt(account),
        reason,
        attempt,
        order.version() + 1,
        cause.receivedAt(),
        until);
  }
}
