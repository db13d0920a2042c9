package io.paidonce.reconciler;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.RequestKind;
import io.paidonce.providers.Outcome;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** One request on its way to an answer. */
final class Job {

  /**
   * What is asked first: what has begun, or else new requests would keep all others from ending;
   * then what is newest, since its customer still waits; among those of one second what moves money
   * or ends an order.
   */
  static final Comparator<Job> FIRST_ASKED =
      Comparator.comparing((Job job) -> !job.begun)
          .thenComparing(
              job -> job.request.requestedAt().truncatedTo(ChronoUnit.SECONDS),
              Comparator.reverseOrder())
          .thenComparing(job -> rank(job.request.kind()))
          .thenComparing(job -> job.request.requestedAt(), Comparator.reverseOrder())
          .thenComparing(job -> job.ticket, Comparator.reverseOrder());

  static final Comparator<Job> SOONEST =
      Comparator.comparing((Job job) -> job.readyAt).thenComparing(job -> job.ticket);

  static final Comparator<Job> FIRST_OVER =
      Comparator.comparing((Job job) -> requireNonNull(job.until)).thenComparing(job -> job.ticket);

  /** An answer that something better is looked for. */
  record Kept(Outcome.Observed outcome, String deliveryId, Instant receivedAt) {}

  final long ticket;
  final ProviderRequest request;

  /** When it ends with what is known by then; absent where it must not be given up. */
  final @Nullable Instant until;

  final Instant acceptedAt;
  Step step;
  Instant readyAt;
  boolean begun;
  boolean underWay;
  boolean forgotten;
  int asked;
  int failures;
  int looks;
  int probes;
  @Nullable Kept kept;
  @Nullable Outcome last;

  Job(long ticket, ProviderRequest request, Instant now) {
    this.ticket = ticket;
    this.request = request;
    this.until = request.until();
    this.acceptedAt = now;
    this.step = Step.first(request.kind());
    this.readyAt = now;
  }

  boolean isOver(Instant now) {
    return until != null && !until.isAfter(now);
  }

  private static int rank(RequestKind kind) {
    return switch (kind) {
      case REFUND -> 0;
      case CLOSE -> 1;
      case QUERY_REFUND -> 2;
      case QUERY -> 3;
    };
  }
}
