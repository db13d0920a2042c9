package io.paidonce.ledger;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.TransactionKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A refund that the order's policy asks for. Asked again under the same number with the same
 * content, which every provider takes for the same refund, until the provider tells what became of
 * it. It is never forgotten, so that no payment is asked for under a second number.
 *
 * @param amountMinor minor units of the payment's currency; that of the first attempt, whatever
 *     went back since
 * @param attempt how often it was asked for
 * @param until our clock: when it is asked for again; absent once what became of it is known
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record RefundAsk(
    TransactionKey transaction,
    String refundNo,
    ExceptionKind reason,
    @JsonProperty(required = true) long amountMinor,
    @JsonProperty(required = true) int attempt,
    @Nullable Instant until) {

  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final int MOST_DOUBLINGS = 12;

  public RefundAsk {
    requireNonNull(transaction, "transaction");
    requireNonNull(refundNo, "refundNo");
    requireNonNull(reason, "reason");
    until = until == null ? null : until.truncatedTo(ChronoUnit.MILLIS);
  }

  // A provider may take days to pay back from a merchant's empty balance.
  private static Duration patience(int attempt) {
    Duration wait = SHORTEST.multipliedBy(1L << Math.min(2 * (attempt - 1), MOST_DOUBLINGS));
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }

  static RefundAsk first(
      TransactionKey transaction,
      String refundNo,
      ExceptionKind reason,
      long amountMinor,
      Instant now) {
    return new RefundAsk(transaction, refundNo, reason, amountMinor, 1, now.plus(patience(1)));
  }

  RefundAsk again(Instant now) {
    int next = attempt + 1;
    return new RefundAsk(
        transaction, refundNo, reason, amountMinor, next, now.plus(patience(next)));
  }

  RefundAsk settled() {
    return new RefundAsk(transaction, refundNo, reason, amountMinor, attempt, null);
  }

  boolean isDue(Instant now) {
    return until != null && !until.isAfter(now);
  }
}
