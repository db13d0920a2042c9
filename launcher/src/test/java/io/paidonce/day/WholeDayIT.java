package io.paidonce.day;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.OrderCancelled;
import io.paidonce.contract.OrderPaid;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.Topics;
import io.paidonce.simulator.day.Courier;
import io.paidonce.simulator.day.DayAccount;
import io.paidonce.simulator.day.DayOrder;
import io.paidonce.simulator.day.DayPlan;
import io.paidonce.simulator.day.DaySettings;
import io.paidonce.simulator.day.DayTally;
import io.paidonce.simulator.day.Fate;
import io.paidonce.simulator.day.ProviderDay;
import io.paidonce.simulator.provider.Asking;
import io.paidonce.simulator.provider.Fault;
import io.paidonce.simulator.provider.ProviderDesk;
import io.paidonce.simulator.provider.SeededFaults;
import io.paidonce.simulator.provider.Trade;
import io.paidonce.simulator.provider.VirtualTime;
import io.paidonce.verifier.KeptLog;
import io.paidonce.verifier.Report;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A day of both providers in virtual time against everything we have between HTTP and Kafka, with
 * real signatures: callbacks that are late, lost, doubled or never come, customers who pay around
 * and after the deadline, keys that change, answers that are forged, throttled or lost; our
 * gateway, streams and reconciler are away for half an hour each. The checker must be content, no
 * order that somebody paid is ever cancelled, and no payment goes unheard.
 *
 * <p>{@code -Dpaidonce.seed=N} plays another day, {@code -Pproof} one of 10,000 orders.
 */
class WholeDayIT {

  private static final long SEED = Long.getLong("paidonce.seed", 20260131);
  private static final int ORDERS = 200;
  private static final int SHOPS = 5;
  private static final int PER_SECOND = 10;
  private static final Instant START = Instant.parse("2026-01-31T00:00:00Z");
  // Streams looks each second at what is due; here less often, for a test's sake.
  private static final Duration TICK = Duration.ofSeconds(10);
  private static final Duration REPAIRED = Duration.ofMinutes(2);
  private static final Duration LONGEST = Duration.ofHours(60);

  @TempDir private Path stateDir;
  private final VirtualTime time = new VirtualTime(START);
  private final DayAccounts accounts = new DayAccounts(SHOPS, time);
  private final ProviderDesk desk =
      new ProviderDesk(
          time,
          new SeededFaults(
              SEED,
              Map.of(
                  Fault.of(Fault.Kind.PROBE), 20,
                  Fault.of(Fault.Kind.RESET), 20,
                  Fault.of(Fault.Kind.ANSWER_LOST), 20,
                  Fault.of(Fault.Kind.SERVER_ERROR), 50,
                  Fault.throttled(Duration.ofSeconds(5)), 20,
                  Fault.of(Fault.Kind.BAD_SIGNATURE), 20,
                  Fault.of(Fault.Kind.ANOTHER_ORDER), 20)));

  private DaySettings settings(int orders) {
    return DaySettings.ordinary(SEED, orders, START, Services.DEADLINE, accounts.played());
  }

  private static Services.Span halfAnHourFrom(int hour) {
    return new Services.Span(
        Duration.ofHours(hour), Duration.ofHours(hour).plus(Duration.ofMinutes(30)));
  }

  @Test
  void theCheckerIsContentNoPaidOrderIsClosedAndNoPaymentGoesUnheard() {
    playADay(ORDERS);
  }

  @Test
  @Tag("proof")
  void soItIsWithTenThousandOrders() {
    playADay(10_000);
  }

  private void playADay(int orders) {
    accounts.admitTo(desk);
    Services.Away away =
        new Services.Away(START, halfAnHourFrom(6), halfAnHourFrom(10), halfAnHourFrom(14));
    try (Services services = new Services(accounts, desk, time, away, stateDir)) {
      ProviderDay day = new ProviderDay(settings(orders), time, services);
      // Refunds that are asked for again, and closings, go on when all of the plan has happened.
      play(day, services, Duration.ofHours(2));
      KeptLog log = services.log();
      Report report = log.verify(accounts.configs(), time.instant());
      assertThat(report.findings()).as("seed %d", SEED).isEmpty();
      assertThat(report.holds()).isTrue();
      judge(log, orders, day.tally(), services.asked());
    }
  }

  @Test
  void aCallbackThatNeverComesIsRepairedWithinTwoMinutesWithinTheRateLimit() {
    dropCallbacks(200, 10);
  }

  @Test
  @Tag("proof")
  void soAreAThousandAtAHundredAccounts() {
    dropCallbacks(1_000, 50);
  }

  private void dropCallbacks(int orders, int shops) {
    DayAccounts dropping = new DayAccounts(shops, time);
    ProviderDesk provider = new ProviderDesk(time, new SeededFaults(SEED, Map.of()));
    dropping.admitTo(provider);
    DaySettings dropped =
        new DaySettings(
            SEED,
            orders,
            START,
            Duration.ofMinutes(20),
            Services.DEADLINE,
            dropping.played(),
            Map.of(Fate.PAID_AT_ONCE, 1),
            Map.of(Courier.DROPPED, 1),
            null);
    Map<String, Instant> paidAt = new HashMap<>();
    DayPlan.of(dropped).forEach(o -> paidAt.put(o.orderNo(), o.tries().get(0).paysAt()));
    try (Services services =
        new Services(dropping, provider, time, Services.Away.nobody(START), stateDir)) {
      ProviderDay day = new ProviderDay(dropped, time, services);
      play(day, services, Duration.ofMinutes(5));
      List<Duration> waited = new ArrayList<>();
      for (OrderPaid paid : services.log().values(Topics.ORDER_PAID)) {
        waited.add(Duration.between(paidAt.get(paid.orderNo()), paid.receivedAt()));
      }
      assertThat(waited).hasSize(orders).allMatch(one -> one.compareTo(REPAIRED) <= 0);
      assertThat(mostInASecond(provider)).isLessThanOrEqualTo(2 * PER_SECOND);
      assertThat(services.log().verify(dropping.configs(), time.instant()).findings()).isEmpty();
      waited.sort(null);
      System.out.printf(
          "%d dropped callbacks: order-paid p50 %s, p99 %s, most %s after the payment%n",
          orders,
          waited.get(orders / 2 - 1),
          waited.get(orders * 99 / 100 - 1),
          waited.get(orders - 1));
    }
  }

  // A burst is allowed on top of what a second allows.
  private static int mostInASecond(ProviderDesk provider) {
    Map<String, Integer> bySecond = new HashMap<>();
    for (Asking one : provider.asked()) {
      bySecond.merge(one.asked().account() + " " + one.at().getEpochSecond(), 1, Integer::sum);
    }
    return bySecond.values().stream().max(Integer::compareTo).orElse(0);
  }

  private void play(ProviderDay day, Services services, Duration after) {
    Instant end = START.plus(LONGEST);
    Instant last = START;
    while (time.instant().isBefore(end)) {
      day.runUntil(time.instant().plus(TICK));
      services.tick();
      if (day.next().isPresent() || !services.isIdle()) {
        last = time.instant();
      } else if (time.instant().isAfter(last.plus(after))) {
        return;
      }
    }
  }

  private void judge(KeptLog log, int size, DayTally tally, long asked) {
    Map<String, OrderTransition> orders = new HashMap<>();
    log.values(Topics.ORDER_TRANSITIONS).forEach(t -> orders.put(t.orderNo(), t));
    Map<String, OrderPaid> paid = new HashMap<>();
    log.values(Topics.ORDER_PAID).forEach(one -> paid.put(one.orderNo(), one));
    Set<String> cancelled = new HashSet<>();
    for (OrderCancelled one : log.values(Topics.ORDER_CANCELLED)) {
      cancelled.add(one.orderNo());
    }
    List<String> unheard = new ArrayList<>();
    List<String> closedThoughPaid = new ArrayList<>();
    List<Duration> waited = new ArrayList<>();
    int lost = 0;
    for (DayOrder order : DayPlan.of(settings(size))) {
      for (DayOrder.Try one : order.tries()) {
        Trade trade = trade(one.account(), order.orderNo());
        if (trade == null || trade.state() != Trade.State.PAID) {
          continue;
        }
        boolean isHeard =
            orders.get(order.orderNo()).after().payments().stream()
                .anyMatch(p -> p.fact().transactionId().equals(trade.transactionId()));
        if (!isHeard && !isLeftToTheBill(one, paid.get(order.orderNo()))) {
          unheard.add(order.orderNo() + " " + one);
        }
        if (cancelled.contains(order.orderNo()) && !one.isPrepared()) {
          closedThoughPaid.add(order.orderNo() + " " + one);
        }
        OrderPaid event = paid.get(order.orderNo());
        if (event != null
            && event.transactionId().equals(trade.transactionId())
            && one.courier() == Courier.DROPPED) {
          lost++;
          waited.add(Duration.between(one.paysAt(), event.receivedAt()));
        }
      }
    }
    assertThat(unheard).as("payments nobody heard of").isEmpty();
    assertThat(closedThoughPaid).as("closed though paid").isEmpty();
    assertThat(paid.size()).isGreaterThan(size / 2);
    assertThat(cancelled.size()).isGreaterThan(size / 20);
    assertThat(orders.values())
        .noneMatch(t -> t.to() == OrderStatus.PENDING && t.after().payments().isEmpty());
    assertThat(lost).as("paid, with a callback that never came").isPositive();
    assertThat(tally.changedKey()).isPositive();
    System.out.printf(
        "%s; asked %d; exceptions %s; lost callbacks repaired %d, in at most %s%n",
        tally,
        asked,
        kinds(log),
        lost,
        waited.stream().max(Duration::compareTo).orElse(Duration.ZERO));
  }

  // Nobody asks about an order any more that another payment paid, or that was cancelled because
  // its provider denied it. If such a payment's notice never comes, the next day's bill tells.
  private static boolean isLeftToTheBill(DayOrder.Try one, @Nullable OrderPaid paidByAnother) {
    return one.courier() == Courier.DROPPED && (one.isPrepared() || paidByAnother != null);
  }

  private static Map<ExceptionKind, Integer> kinds(KeptLog log) {
    Map<ExceptionKind, Integer> kinds = new HashMap<>();
    log.values(Topics.PAYMENT_EXCEPTIONS).forEach(c -> kinds.merge(c.kind(), 1, Integer::sum));
    return kinds;
  }

  private Trade trade(String account, String orderNo) {
    for (DayAccount one : accounts.played()) {
      if (one.id().equals(account)) {
        return one.book().byOrderNo(orderNo).orElse(null);
      }
    }
    throw new AssertionError("no account " + account);
  }
}
