package io.paidonce.ledger;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.paidonce.contract.Observation;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.ProviderAccount;
import io.paidonce.contract.RequestKind;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An unpaid order on its way to CANCELLED: it gets there when each account at which it can be paid
 * has said, asked after this began, that nobody paid and nobody can; or told of a payment which
 * does not pay the order.
 *
 * @param since our clock
 * @param commandId the command that asked for it, or the input that said its time is over
 * @param actor who asked
 * @param accounts how far it is at each
 */
public record Closing(Instant since, String commandId, String actor, List<At> accounts) {

  // A provider that is away is asked each minute, then less and less often, but never given up.
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final int SHORT_ATTEMPTS = 4;
  private static final int MOST_DOUBLINGS = 4;

  /**
   * How far it is at one account.
   *
   * @param asked what was asked last: QUERY what became of it, or CLOSE
   * @param attempt how often was asked here, for either
   * @param until our clock: when it is asked again, whatever became of this attempt
   * @param closed whether nothing more can come of it here
   */
  public record At(
      ProviderAccount account,
      RequestKind asked,
      @JsonProperty(required = true) int attempt,
      Instant until,
      @JsonProperty(required = true) boolean closed) {

    public At {
      requireNonNull(account, "account");
      requireNonNull(asked, "asked");
      until = requireNonNull(until, "until").truncatedTo(ChronoUnit.MILLIS);
    }

    static At first(ProviderAccount account, Instant now) {
      return new At(account, RequestKind.QUERY, 1, now.plus(patience(1)), false);
    }

    At ask(RequestKind kind, Instant now) {
      return new At(account, kind, attempt + 1, now.plus(patience(attempt + 1)), false);
    }

    At done() {
      return new At(account, asked, attempt, until, true);
    }

    boolean isDue(Instant now) {
      return !closed && !until.isAfter(now);
    }
  }

  public Closing {
    requireNonNull(since, "since");
    requireNonNull(commandId, "commandId");
    requireNonNull(actor, "actor");
    accounts = List.copyOf(accounts);
  }

  static Duration patience(int attempt) {
    int doublings = Math.min(Math.max(attempt - SHORT_ATTEMPTS, 0), MOST_DOUBLINGS);
    return SHORTEST.multipliedBy(1L << doublings);
  }

  boolean isDone() {
    return accounts.stream().allMatch(At::closed);
  }

  @Nullable Instant askAt() {
    return accounts.stream()
        .filter(at -> !at.closed())
        .map(At::until)
        .min(Instant::compareTo)
        .orElse(null);
  }

  /**
   * What identifies its requests at one account; the attempt tells them apart. An order is closed
   * once: nothing but its payment or its cancellation ends that.
   */
  String requestId(OrderKey order, ProviderAccount account) {
    return "close/" + order + "/" + account;
  }

  /** The account whose last attempt this answers; null where it answers an earlier one, or none. */
  @Nullable At answeredBy(OrderKey order, Observation answer) {
    for (At at : accounts) {
      if (!at.closed()
          && at.attempt() == answer.attempt()
          && at.account().equals(answer.asked())
          && requestId(order, at.account()).equals(answer.requestId())) {
        return at;
      }
    }
    return null;
  }

  Closing with(UnaryOperator<At> change) {
    return new Closing(since, commandId, actor, accounts.stream().map(change).toList());
  }
}
