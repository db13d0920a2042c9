package io.paidonce.reconciler;

import io.paidonce.contract.ProviderAccount;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.providers.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BiFunction;

/** Drives a desk through virtual time, against a provider that answers as a test says. */
final class Play {

  /** A question as it was asked. */
  record Asked(Instant at, Errand errand) {
    Step step() {
      return errand.step();
    }

    String orderNo() {
      return errand.request().orderNo();
    }
  }

  /** A request's end. */
  record Ended(Instant at, Report report) {}

  private record Answer(Instant at, long number, Errand errand, Outcome outcome)
      implements Comparable<Answer> {
    @Override
    public int compareTo(Answer other) {
      int byTime = at.compareTo(other.at);
      return byTime == 0 ? Long.compare(number, other.number) : byTime;
    }
  }

  static final Duration LATENCY = Duration.ofMillis(100);
  static final int ROOM = 64;

  final List<Asked> asked = new ArrayList<>();
  final List<Ended> ended = new ArrayList<>();
  Duration latency = LATENCY;
  Instant now = Given.NOW;

  private final Desk desk;
  private final BiFunction<Errand, Instant, Outcome> provider;
  private final PriorityQueue<Answer> answers = new PriorityQueue<>();
  private long tickets;
  private long numbers;
  private int ids;

  Play(BiFunction<Errand, Instant, Outcome> provider, AskedAccount... accounts) {
    this.provider = provider;
    this.desk =
        new Desk(
            List.of(accounts),
            Map.of(Given.A1, "wechat-v3", Given.A2, "alipay"),
            DeskSettings.DEFAULT,
            () -> "ask-" + ++ids,
            new Random(7),
            Given.NOW);
  }

  /** One account with two hosts that may be asked more than it is in most tests. */
  static Play of(BiFunction<Errand, Instant, Outcome> provider) {
    return new Play(provider, account(Given.A1, 1000, 1000), account(Given.A2, 1000, 1000));
  }

  /** A provider that answers one after the other, and then always the last. */
  static Play answering(Outcome... outcomes) {
    List<Outcome> left = new ArrayList<>(List.of(outcomes));
    return of((errand, at) -> left.size() > 1 ? left.remove(0) : left.get(0));
  }

  static AskedAccount account(ProviderAccount account, int perSecond, int burst) {
    return new AskedAccount(account, Given.SHOP, 2, perSecond, burst);
  }

  Desk desk() {
    return desk;
  }

  long accept(ProviderRequest request) {
    desk.accept(++tickets, request, now);
    return tickets;
  }

  /** Plays until nothing is left to do, or until a time. */
  Play until(Instant end) {
    turn();
    for (Optional<Instant> next = next(); next.isPresent(); next = next()) {
      if (next.get().isAfter(end)) {
        break;
      }
      now = next.get().isAfter(now) ? next.get() : now;
      while (!answers.isEmpty() && !answers.peek().at().isAfter(now)) {
        Answer answer = answers.poll();
        desk.answered(answer.errand(), answer.outcome(), now).ifPresent(this::end);
      }
      turn();
    }
    now = end;
    return this;
  }

  /** Plays for a day, which is until everything has ended. */
  Play out() {
    return until(now.plus(Duration.ofDays(1)));
  }

  Report only() {
    if (ended.size() != 1) {
      throw new AssertionError("one request should have ended, not " + ended);
    }
    return ended.get(0).report();
  }

  List<Step> steps() {
    return asked.stream().map(Asked::step).toList();
  }

  private Optional<Instant> next() {
    Optional<Instant> desks = desk.nextAt();
    Instant answer = answers.isEmpty() ? Instant.MAX : answers.peek().at();
    Instant soonest = desks.filter(at -> at.isBefore(answer)).orElse(answer);
    return soonest.equals(Instant.MAX) ? Optional.empty() : Optional.of(soonest);
  }

  private void turn() {
    Desk.Turn turn = desk.turn(now, ROOM - answers.size());
    turn.reports().forEach(this::end);
    for (Errand errand : turn.errands()) {
      asked.add(new Asked(now, errand));
      Outcome outcome = provider.apply(errand, now);
      answers.add(new Answer(now.plus(latency), ++numbers, errand, outcome));
    }
  }

  private void end(Report report) {
    ended.add(new Ended(now, report));
  }
}
