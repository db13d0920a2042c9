package io.paidonce.ledger;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.paidonce.contract.InputKind;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.ProviderAccount;
import io.paidonce.contract.RecordCoordinates;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an order that awaits payment asks at the accounts where it can be paid: what became of it,
 * so that a callback which never comes is no loss, and in the end to take no money for it any more.
 *
 * @param accounts at least one
 * @param queries how often all of them were asked what became of it
 * @param queryAt when they are asked next; absent once its time to pay is over
 * @param closing present while it is being closed
 */
public record Asking(
    List<ProviderAccount> accounts,
    @JsonProperty(required = true) int queries,
    @Nullable Instant queryAt,
    @Nullable Closing closing) {

  /** A callback that is not lost has come by then, mostly. */
  static final Duration FIRST_QUERY = Duration.ofSeconds(30);

  static final Duration QUERY_EVERY = Duration.ofSeconds(60);

  public Asking {
    accounts = List.copyOf(accounts);
    queryAt = queryAt == null ? null : queryAt.truncatedTo(ChronoUnit.MILLIS);
    if (accounts.isEmpty()) {
      throw new IllegalArgumentException("nobody to ask");
    }
  }

  /** Nothing was asked yet; null where there is nobody to ask. */
  static @Nullable Asking of(OrderInput placed, @Nullable Deadline deadline) {
    return placed.payableAt().isEmpty()
        ? null
        : new Asking(
            placed.payableAt(),
            0,
            beforeDue(placed.receivedAt().plus(FIRST_QUERY), deadline),
            null);
  }

  Asking queried(Instant now, @Nullable Deadline deadline) {
    return new Asking(accounts, queries + 1, beforeDue(now.plus(QUERY_EVERY), deadline), closing);
  }

  Asking with(Closing newClosing) {
    return new Asking(accounts, queries, null, newClosing);
  }

  /** Its time to pay is over, and nobody is to close it. */
  Asking over() {
    return new Asking(accounts, queries, null, closing);
  }

  @Nullable Wake wake() {
    Instant at = closing == null ? queryAt : closing.askAt();
    return at == null ? null : new Wake(at, Wake.Why.ASK);
  }

  private static @Nullable Instant beforeDue(Instant at, @Nullable Deadline deadline) {
    return deadline == null || at.isBefore(deadline.payBy()) ? at : null;
  }

  /**
   * The input that says it is time to ask. Saying it again is the same input.
   *
   * @param at when it was to be
   * @param now our clock
   * @param source the input that made it so
   */
  public static OrderInput due(OrderKey order, Instant at, Instant now, RecordCoordinates source) {
    return new OrderInput(
        OrderInput.SCHEMA,
        "ask:" + requireNonNull(order, "order") + ":" + at,
        InputKind.ASK_DUE,
        order.shop(),
        order.orderNo(),
        now,
        source,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of());
  }
}
