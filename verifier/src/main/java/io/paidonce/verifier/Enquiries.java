package io.paidonce.verifier;

import io.paidonce.contract.Answer;
import io.paidonce.contract.Observation;
import io.paidonce.contract.PaymentPolicy;
import io.paidonce.contract.ProviderAccount;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.RequestKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What providers were asked about one order, and what they answered. */
final class Enquiries {

  /** Of an order that nobody asked about. */
  static final Enquiries NONE = new Enquiries();

  // Answers are stored and read some time after they were given up.
  private static final Duration UNTIL_READ = Duration.ofMinutes(2);

  private final List<ProviderRequest> requests = new ArrayList<>(1);
  private final Map<Attempt, Answer> answers = new HashMap<>(2);

  private record Attempt(String requestId, int attempt) {}

  void add(ProviderRequest request) {
    requests.add(request);
  }

  /** The first answer counts: what is said again later is of another time. */
  void add(Observation answer) {
    answers.putIfAbsent(new Attempt(answer.requestId(), answer.attempt()), answer.answer());
  }

  List<ProviderRequest> refunds() {
    return requests.stream().filter(one -> one.kind() == RequestKind.REFUND).toList();
  }

  /** Whether anybody was asked what became of the order. */
  boolean askAboutTheOrder() {
    return requests.stream().anyMatch(Enquiries::isAboutTheOrder);
  }

  /**
   * Whether each account said, asked since a version of the order, that nobody paid and nobody can;
   * or told of a payment there that is known.
   *
   * @param agreed at which accounts the order can be paid, and how it is known there
   * @param paidAt where it has payments
   */
  boolean allowCancelling(long version, PaymentPolicy agreed, Set<ProviderAccount> paidAt) {
    Set<ProviderAccount> asked = new HashSet<>(wanted(agreed));
    Set<ProviderAccount> done = new HashSet<>();
    for (ProviderRequest request : requests) {
      if (isAboutTheOrder(request) && request.orderVersion() >= version) {
        asked.add(request.asked());
        Answer answer = answers.get(new Attempt(request.requestId(), request.attempt()));
        boolean isOver =
            answer == Answer.CLOSED
                || answer == Answer.NOT_FOUND
                || (answer == Answer.TOLD && paidAt.contains(request.asked()));
        // Asked for by its own number, one of several orders that are paid together is not found.
        boolean isAskedRightly =
            Objects.equals(request.combined(), agreed.combinedAt(request.asked()));
        if (isOver && isAskedRightly) {
          done.add(request.asked());
        }
      }
    }
    return !asked.isEmpty() && done.containsAll(asked);
  }

  private static Set<ProviderAccount> wanted(PaymentPolicy agreed) {
    Set<ProviderAccount> wanted = new HashSet<>();
    if (agreed.payableAt() != null) {
      wanted.addAll(agreed.payableAt());
    }
    if (agreed.combined() != null) {
      wanted.add(agreed.combined().account());
    }
    return wanted;
  }

  /** Requests that should have an answer by now and have none. */
  List<ProviderRequest> unanswered(Instant now) {
    List<ProviderRequest> unanswered = new ArrayList<>();
    for (ProviderRequest request : requests) {
      Instant until = request.until();
      if (until != null
          && until.plus(UNTIL_READ).isBefore(now)
          && !answers.containsKey(new Attempt(request.requestId(), request.attempt()))) {
        unanswered.add(request);
      }
    }
    return unanswered;
  }

  private static boolean isAboutTheOrder(ProviderRequest request) {
    return request.kind() == RequestKind.QUERY || request.kind() == RequestKind.CLOSE;
  }
}
