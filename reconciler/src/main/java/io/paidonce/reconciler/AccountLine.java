package io.paidonce.reconciler;

import io.paidonce.contract.RequestKind;
import io.paidonce.providers.CircuitBreaker;
import io.paidonce.providers.Doubt;
import io.paidonce.providers.HostChoice;
import io.paidonce.providers.Outcome;
import io.paidonce.providers.Outcome.Unknown;
import io.paidonce.providers.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Those who wait for one account, and whether it may be asked. */
final class AccountLine {

  private final AskedAccount account;
  private final DeskSettings settings;
  private final TreeSet<Job> ready = new TreeSet<>(Job.FIRST_ASKED);
  private final TreeSet<Job> later = new TreeSet<>(Job.SOONEST);
  private final TreeSet<Job> queries = new TreeSet<>(Job.FIRST_ASKED);
  private RateLimit limit;
  private CircuitBreaker breaker;
  private HostChoice hosts;
  private int inFlight;

  AccountLine(AskedAccount account, DeskSettings settings, Instant now) {
    this.account = account;
    this.settings = settings;
    this.limit = RateLimit.perSecond(account.perSecond(), account.burst(), now);
    this.breaker = CircuitBreaker.closed(settings.breakerThreshold(), settings.breakerPause());
    this.hosts = HostChoice.of(account.hosts(), now);
  }

  AskedAccount account() {
    return account;
  }

  int waiting() {
    return ready.size() + later.size();
  }

  int inFlight() {
    return inFlight;
  }

  boolean isOpen() {
    return breaker.isOpen();
  }

  void add(Job job, Instant now) {
    (job.readyAt.isAfter(now) ? later : ready).add(job);
    if (job.request.kind() == RequestKind.QUERY) {
      queries.add(job);
    }
  }

  /**
   * A query that can't be asked in time, since the newer ones alone take longer. Kept until its
   * time is up, such queries would fill the memory, and closes and refunds not be read for them.
   */
  Optional<Job> hopeless(Instant now) {
    if (queries.isEmpty()) {
      return Optional.empty();
    }
    Job last = queries.last();
    @Nullable Instant until = last.until;
    return until != null
            && now.plus(limit.interval().multipliedBy(queries.size() - account.burst()))
                .isAfter(until)
        ? Optional.of(last)
        : Optional.empty();
  }

  void remove(Job job) {
    queries.remove(job);
    ready.remove(job);
    later.remove(job);
  }

  /** The next one to be asked for, taken out; empty where none may be now. */
  Optional<Job> next(Instant now) {
    while (!later.isEmpty() && !later.first().readyAt.isAfter(now)) {
      ready.add(later.pollFirst());
    }
    if (ready.isEmpty()
        || inFlight >= settings.inFlightPerAccount()
        || !breaker.allows(now)
        || !limit.allows(now)) {
      return Optional.empty();
    }
    breaker = breaker.asked(now);
    limit = limit.asked(now);
    hosts = hosts.at(now);
    inFlight++;
    Job job = ready.first();
    remove(job);
    return Optional.of(job);
  }

  /** The host to ask. */
  int host() {
    return hosts.host();
  }

  void answered(Outcome outcome, int askedHost, Instant now) {
    inFlight--;
    breaker = breaker.after(outcome, now);
    hosts = hosts.after(outcome, askedHost, now);
    if (outcome instanceof Unknown unknown && unknown.why() == Doubt.THROTTLED) {
      @Nullable Duration asked = unknown.retryAfter();
      limit = limit.pausedUntil(now.plus(asked == null ? settings.unasked() : asked));
    }
  }

  /** A question was never asked, or what came of it says nothing about the provider. */
  void cameToNothing() {
    inFlight--;
  }

  /** When to look again; empty where only an answer changes anything. */
  Optional<Instant> nextAt() {
    Instant soonest = later.isEmpty() ? Instant.MAX : later.first().readyAt;
    if (!ready.isEmpty() && inFlight < settings.inFlightPerAccount()) {
      Instant allowed = limit.next();
      @Nullable Instant openedAt = breaker.openedAt();
      if (openedAt != null && openedAt.plus(breaker.pause()).isAfter(allowed)) {
        allowed = openedAt.plus(breaker.pause());
      }
      soonest = allowed.isBefore(soonest) ? allowed : soonest;
    }
    return soonest.equals(Instant.MAX) ? Optional.empty() : Optional.of(soonest);
  }
}
