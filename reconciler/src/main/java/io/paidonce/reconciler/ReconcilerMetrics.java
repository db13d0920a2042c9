package io.paidonce.reconciler;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.paidonce.contract.Answer;
import io.paidonce.contract.Authentication;
import io.paidonce.contract.DeadLetterReason;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.ProviderAccount;
import io.paidonce.contract.RequestKind;
import io.paidonce.providers.Doubt;
import io.paidonce.providers.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The reconciler's metrics, each named here and nowhere else. The gauges show what the loop last
 * said, since only the loop may look at the desk.
 */
final class ReconcilerMetrics {

  private final MeterRegistry registry;
  private volatile Map<ProviderAccount, Desk.Busy> busy = Map.of();
  private volatile @Nullable Instant oldest;
  private volatile boolean paused;

  ReconcilerMetrics(
      MeterRegistry registry, Collection<AskedAccount> accounts, InstantSource clock) {
    this.registry = registry;
    for (RequestKind kind : RequestKind.values()) {
      requests(kind);
      for (Answer answer : Answer.values()) {
        answers(kind, answer, Authentication.OWN);
      }
    }
    for (Doubt doubt : Doubt.values()) {
      doubts(doubt);
    }
    for (Step step : Step.values()) {
      attempts(step);
    }
    for (AskedAccount account : accounts) {
      gauges(account.account());
    }
    Gauge.builder("paidonce.reconciler.oldest.seconds", () -> age(clock.instant()))
        .description("Age of the oldest request without an answer; 0 where there is none")
        .register(registry);
    Gauge.builder("paidonce.reconciler.paused", () -> paused ? 1 : 0)
        .description("1 while no more requests are read, since too many wait")
        .register(registry);
  }

  void read(RequestKind kind) {
    requests(kind).increment();
  }

  void asked(Step step) {
    attempts(step).increment();
  }

  void came(Outcome outcome) {
    if (outcome instanceof Outcome.Unknown unknown) {
      doubts(unknown.why()).increment();
    }
  }

  void answered(Report report) {
    PaymentNotification said = report.observation();
    if (said.observation() != null) {
      answers(report.request().kind(), said.observation().answer(), said.authentication())
          .increment();
    }
  }

  void deadLetter(DeadLetterReason reason) {
    Counter.builder("paidonce.dead.letters")
        .description("Records that could not be processed")
        .tag("reason", reason.name())
        .register(registry)
        .increment();
  }

  void shows(Desk desk, boolean isPaused) {
    busy = desk.busy();
    oldest = desk.oldest().orElse(null);
    paused = isPaused;
  }

  private long age(Instant now) {
    @Nullable Instant since = oldest;
    return since == null ? 0 : Math.max(0, Duration.between(since, now).toSeconds());
  }

  private Counter requests(RequestKind kind) {
    return Counter.builder("paidonce.reconciler.requests")
        .description("Requests read")
        .tag("kind", kind.name())
        .register(registry);
  }

  private Counter answers(RequestKind kind, Answer answer, Authentication authentication) {
    return Counter.builder("paidonce.reconciler.answers")
        .description("Requests answered: by a signed answer, or by our own word that none is known")
        .tag("kind", kind.name())
        .tag("answer", answer.name())
        .tag("authentication", authentication.name())
        .register(registry);
  }

  private Counter attempts(Step step) {
    return Counter.builder("paidonce.reconciler.attempts")
        .description("Questions to providers")
        .tag("step", step.name())
        .register(registry);
  }

  private Counter doubts(Doubt doubt) {
    return Counter.builder("paidonce.reconciler.doubts")
        .description("Questions after which nothing is known, by why")
        .tag("doubt", doubt.name())
        .tag("suspicious", Boolean.toString(doubt.isSuspicious()))
        .register(registry);
  }

  private void gauges(ProviderAccount account) {
    Gauge.builder("paidonce.reconciler.waiting", () -> of(account).waiting())
        .description("Requests that wait to be asked: for the account's limit, or for a next try")
        .tag("account", account.toString())
        .register(registry);
    Gauge.builder("paidonce.reconciler.under.way", () -> of(account).inFlight())
        .description("Questions that were sent and not answered yet")
        .tag("account", account.toString())
        .register(registry);
    Gauge.builder("paidonce.reconciler.breaker.open", () -> of(account).open() ? 1 : 0)
        .description("1 while the account's provider is left alone, since it does not answer")
        .tag("account", account.toString())
        .register(registry);
  }

  private Desk.Busy of(ProviderAccount account) {
    return busy.getOrDefault(account, new Desk.Busy(0, 0, false));
  }
}
