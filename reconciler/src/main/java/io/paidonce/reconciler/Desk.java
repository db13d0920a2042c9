package io.paidonce.reconciler;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.Answer;
import io.paidonce.contract.ProviderAccount;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.providers.Ask;
import io.paidonce.providers.Outcome;
import io.paidonce.providers.Outcome.Observed;
import io.paidonce.providers.Outcome.Refused;
import io.paidonce.providers.Outcome.Told;
import io.paidonce.providers.Outcome.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Takes requests in, says what is to be asked of whom now, and what the answers come to. It knows
 * no thread, no clock and no Kafka: whoever drives it says what time it is, so that a day can be
 * played in a second. For one thread.
 *
 * <p>Every request ends in exactly one {@link Report}. None is remembered afterwards: who reads a
 * request again, after a crash, gets it carried out again, and intake knows the answer by its
 * request and attempt.
 */
final class Desk {

  private final DeskSettings settings;
  private final Map<ProviderAccount, String> protocols;
  private final Supplier<String> deliveryIds;
  private final RandomGenerator random;
  private final Map<ProviderAccount, AccountLine> lines = new TreeMap<>();
  private final Map<Long, Job> jobs = new HashMap<>();
  private final TreeSet<Job> limited = new TreeSet<>(Job.FIRST_OVER);
  private final List<Report> atOnce = new ArrayList<>();
  private int turns;

  /**
   * What is to be done now.
   *
   * @param reports requests that ended without being asked further
   * @param errands what is to be asked
   */
  record Turn(List<Report> reports, List<Errand> errands) {}

  /**
   * How busy it is with one account.
   *
   * @param open whether its provider is left alone for now
   */
  record Busy(int waiting, int inFlight, boolean open) {}

  /**
   * Opens it.
   *
   * @param protocols of every account that is known, also of those that can't be asked
   * @param deliveryIds makes our ids of questions and answers
   */
  Desk(
      Collection<AskedAccount> accounts,
      Map<ProviderAccount, String> protocols,
      DeskSettings settings,
      Supplier<String> deliveryIds,
      RandomGenerator random,
      Instant now) {
    this.protocols = Map.copyOf(protocols);
    this.settings = settings;
    this.deliveryIds = deliveryIds;
    this.random = random;
    accounts.forEach(a -> lines.put(a.account(), new AccountLine(a, settings, now)));
  }

  /**
   * Takes a request in.
   *
   * @param ticket the caller's name for it, never used twice
   */
  void accept(long ticket, ProviderRequest request, Instant now) {
    Job job = new Job(ticket, request, now);
    AccountLine line = lines.get(request.asked());
    if (line == null) {
      giveUp(job, "no credentials for " + request.asked() + " are configured here", now);
    } else if (!line.account().shop().equals(request.shop())) {
      giveUp(
          job,
          request.asked() + " belongs to shop " + line.account().shop() + " as configured here",
          now);
    } else if (job.isOver(now)) {
      giveUp(job, "read at " + now + ", which is after it was to be given up", now);
    } else {
      jobs.put(ticket, job);
      wait(job, line, now);
      for (Optional<Job> last = line.hopeless(now); last.isPresent(); last = line.hopeless(now)) {
        leave(last.get());
        jobs.remove(last.get().ticket);
        atOnce.add(atItsEnd(last.get(), now));
      }
    }
  }

  /** Drops a request without an answer: another instance has it now. */
  void forget(long ticket) {
    Job job = jobs.remove(ticket);
    if (job != null) {
      job.forgotten = true;
      leave(job);
    }
    atOnce.removeIf(report -> report.ticket() == ticket);
  }

  /**
   * Ends what is over and picks what is to be asked.
   *
   * @param room how many questions may be asked
   */
  Turn turn(Instant now, int room) {
    List<Report> reports = new ArrayList<>(atOnce);
    atOnce.clear();
    while (!limited.isEmpty() && limited.first().isOver(now)) {
      Job job = limited.first();
      leave(job);
      jobs.remove(job.ticket);
      reports.add(atItsEnd(job, now));
    }
    return new Turn(reports, errands(now, room));
  }

  /** What came of a question; the request's end, if that is one. */
  Optional<Report> answered(Errand errand, Outcome outcome, Instant now) {
    line(errand).answered(outcome, errand.ask().host(), now);
    Job job = jobs.get(errand.ticket());
    if (job == null || job.forgotten) {
      return Optional.empty();
    }
    job.underWay = false;
    job.last = outcome;
    Next next = Next.after(job.request.kind(), job.step, outcome);
    if (next.move() == Next.Move.SETTLING && outcome instanceof Observed observed) {
      job.kept = new Job.Kept(observed, errand.ask().deliveryId(), now);
    }
    if (next.move() == Next.Move.ANSWERED) {
      jobs.remove(job.ticket);
      return Optional.of(answer(job, outcome, errand.ask().deliveryId(), now));
    }
    job.step = next.step();
    schedule(job, next.move(), outcome, now);
    if (job.kept != null && isSettledLongEnough(job, now)) {
      jobs.remove(job.ticket);
      return Optional.of(atItsEnd(job, now));
    }
    wait(job, line(errand), now);
    return Optional.empty();
  }

  /** A question could not even be put; asking again would not change that. */
  Optional<Report> impossible(Errand errand, String why, Instant now) {
    line(errand).cameToNothing();
    Job job = jobs.remove(errand.ticket());
    return job == null
        ? Optional.empty()
        : Optional.of(Reports.own(job, protocol(job), Answer.UNKNOWN, why, deliveryIds.get(), now));
  }

  /** When to take the next turn, at the latest; empty where only an answer or a request helps. */
  Optional<Instant> nextAt() {
    if (!atOnce.isEmpty()) {
      return Optional.of(Instant.EPOCH);
    }
    Optional<Instant> soonest =
        lines.values().stream()
            .flatMap(line -> line.nextAt().stream())
            .min(Comparator.naturalOrder());
    if (limited.isEmpty()) {
      return soonest;
    }
    Instant over = requireNonNull(limited.first().until, "until");
    return Optional.of(soonest.filter(at -> at.isBefore(over)).orElse(over));
  }

  /** How many requests have no answer yet. */
  int size() {
    return jobs.size() + atOnce.size();
  }

  /** Of the requests without an answer, when the oldest was made. */
  Optional<Instant> oldest() {
    return jobs.values().stream()
        .map(job -> job.request.requestedAt())
        .min(Comparator.naturalOrder());
  }

  Map<ProviderAccount, Busy> busy() {
    Map<ProviderAccount, Busy> busy = new TreeMap<>();
    lines.forEach(
        (account, line) ->
            busy.put(account, new Busy(line.waiting(), line.inFlight(), line.isOpen())));
    return busy;
  }

  private List<Errand> errands(Instant now, int room) {
    List<Errand> errands = new ArrayList<>();
    List<AccountLine> inTurn = new ArrayList<>(lines.values());
    if (!inTurn.isEmpty()) {
      // Where there is not room for all, another account begins each time.
      Collections.rotate(inTurn, -(turns++ % inTurn.size()));
    }
    boolean found = true;
    while (found && errands.size() < room) {
      found = false;
      for (AccountLine line : inTurn) {
        Optional<Job> job = errands.size() < room ? line.next(now) : Optional.empty();
        if (job.isPresent()) {
          errands.add(errand(job.get(), line, now));
          found = true;
        }
      }
    }
    return errands;
  }

  private Errand errand(Job job, AccountLine line, Instant now) {
    leave(job);
    job.underWay = true;
    job.asked++;
    return new Errand(
        job.ticket, job.request, job.step, new Ask(deliveryIds.get(), now, line.host()));
  }

  private void schedule(Job job, Next.Move move, Outcome outcome, Instant now) {
    boolean probed = Next.isProbe(outcome);
    job.probes = probed ? job.probes + 1 : 0;
    boolean atOnceAgain = probed && job.probes <= settings.probesAtOnce();
    job.begun = move == Next.Move.AT_ONCE || atOnceAgain;
    if (job.begun) {
      job.readyAt = now;
      return;
    }
    if (outcome instanceof Unknown unknown) {
      job.failures++;
      job.readyAt =
          settings
              .afterDoubt()
              .next(job.failures, now, unknown.retryAfter(), job.until, random)
              .orElse(Instant.MAX);
    } else {
      job.failures = 0;
      job.looks++;
      job.readyAt =
          settings.settling().next(job.looks, now, null, job.until, random).orElse(Instant.MAX);
    }
  }

  private void wait(Job job, AccountLine line, Instant now) {
    line.add(job, now);
    if (job.until != null) {
      limited.add(job);
    }
  }

  private void leave(Job job) {
    if (job.until != null) {
      limited.remove(job);
    }
    AccountLine line = lines.get(job.request.asked());
    if (line != null) {
      line.remove(job);
    }
  }

  private AccountLine line(Errand errand) {
    AccountLine line = lines.get(errand.request().asked());
    if (line == null) {
      throw new IllegalStateException("no errand was made for " + errand.request().asked());
    }
    return line;
  }

  private boolean isSettledLongEnough(Job job, Instant now) {
    return job.until == null && !now.isBefore(job.acceptedAt.plus(settings.pendingWithoutLimit()));
  }

  private Report answer(Job job, Outcome outcome, String deliveryId, Instant now) {
    if (outcome instanceof Told told) {
      return Reports.told(job, protocol(job), told, deliveryId);
    }
    if (outcome instanceof Observed observed) {
      return Reports.observed(job, protocol(job), observed, deliveryId, now);
    }
    if (outcome instanceof Refused) {
      return Reports.own(
          job, protocol(job), Answer.UNKNOWN, Reports.words(outcome), deliveryIds.get(), now);
    }
    throw new IllegalStateException("no answer: " + outcome);
  }

  private Report atItsEnd(Job job, Instant now) {
    Job.@Nullable Kept kept = job.kept;
    if (kept != null) {
      return Reports.observed(
          job, protocol(job), kept.outcome(), kept.deliveryId(), kept.receivedAt());
    }
    return Reports.own(
        job, protocol(job), Answer.GAVE_UP, whyGivenUp(job, now), deliveryIds.get(), now);
  }

  private String whyGivenUp(Job job, Instant now) {
    String waited = Duration.between(job.acceptedAt, now).toSeconds() + " s";
    @Nullable Outcome last = job.last;
    if (last == null) {
      boolean open = lines.values().stream().anyMatch(l -> isOpen(l, job));
      return "not asked within "
          + waited
          + (open ? ": its provider does not answer" : ": too many wait for this account");
    }
    return "asked " + job.asked + " times within " + waited + ", last: " + Reports.words(last);
  }

  private static boolean isOpen(AccountLine line, Job job) {
    return line.account().account().equals(job.request.asked()) && line.isOpen();
  }

  private void giveUp(Job job, String why, Instant now) {
    atOnce.add(Reports.own(job, protocol(job), Answer.GAVE_UP, why, deliveryIds.get(), now));
  }

  private String protocol(Job job) {
    return protocols.getOrDefault(job.request.asked(), Reports.NO_PROTOCOL);
  }
}
