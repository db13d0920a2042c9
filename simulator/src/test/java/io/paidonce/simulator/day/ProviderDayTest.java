package io.paidonce.simulator.day;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.providers.CallbackAnswer;
import io.paidonce.providers.SignedCallback;
import io.paidonce.simulator.Dialect;
import io.paidonce.simulator.SimulatedAccount;
import io.paidonce.simulator.provider.Trade;
import io.paidonce.simulator.provider.TradeBook;
import io.paidonce.simulator.provider.TradeRefund;
import io.paidonce.simulator.provider.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProviderDayTest {

  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
  private static final Duration DEADLINE = Duration.ofMinutes(15);
  private static final Duration DAY = Duration.ofDays(1);
  private static final CallbackAnswer YES = new CallbackAnswer(200, "text/plain", "success");
  private static final CallbackAnswer NO = new CallbackAnswer(503, "text/plain", "fail");

  private record Delivered(Instant at, String account, String signedBy, String text) {}

  private final VirtualTime time = new VirtualTime(NOON);
  private final List<Delivered> delivered = new ArrayList<>();
  private final List<DayOrder> placed = new ArrayList<>();
  private CallbackAnswer answer = YES;

  private final ProviderDay.Sink sink =
      new ProviderDay.Sink() {
        @Override
        public void place(DayOrder order) {
          assertThat(time.instant()).isEqualTo(order.placedAt());
          placed.add(order);
        }

        @Override
        public CallbackAnswer deliver(SimulatedAccount account, SignedCallback callback) {
          delivered.add(
              new Delivered(
                  time.instant(),
                  account.id(),
                  callback.headers().get("Signed-By"),
                  new String(callback.body().bytes(), UTF_8)));
          return answer;
        }
      };

  private final DayAccount wechat = account(Dialect.WECHAT_V3, "1900000001");
  private final DayAccount alipay = account(Dialect.ALIPAY, "2021000000000001");

  private DayAccount account(Dialect dialect, String id) {
    return new DayAccount(
        new SimulatedAccount(dialect, id, "shop-1", new PlainSigner("certificate")),
        new TradeBook(time, dialect, id),
        dialect == Dialect.WECHAT_V3 ? new PlainSigner("public key") : null);
  }

  private DaySettings ordinary(long seed, int orders) {
    return DaySettings.ordinary(seed, orders, NOON, DEADLINE, List.of(wechat, alipay));
  }

  private static DaySettings only(DaySettings settings, Fate fate, Courier courier) {
    return settings.only(Map.of(fate, 1), Map.of(courier, 1));
  }

  private static ProviderDay played(ProviderDay day) {
    int events = 0;
    while (day.step()) {
      events++;
    }
    assertThat(events).isPositive();
    return day;
  }

  @Test
  void thePlanIsAFunctionOfItsSettings() {
    assertThat(DayPlan.of(ordinary(7, 500))).isEqualTo(DayPlan.of(ordinary(7, 500)));
    assertThat(DayPlan.of(ordinary(7, 500))).isNotEqualTo(DayPlan.of(ordinary(8, 500)));
    assertThat(DayPlan.of(ordinary(7, 600))).containsAll(DayPlan.of(ordinary(7, 500)));
  }

  @Test
  void allThatCanHappenHappens() {
    List<DayOrder> orders = DayPlan.of(ordinary(7, 2000));

    Set<Fate> fates = new HashSet<>();
    Set<Courier> couriers = new HashSet<>();
    for (DayOrder order : orders) {
      fates.add(order.fate());
      order.tries().forEach(attempt -> couriers.add(attempt.courier()));
      assertThat(order.placedAt()).isBetween(NOON, NOON.plus(DAY));
    }
    assertThat(fates).containsExactlyInAnyOrder(Fate.values());
    assertThat(couriers).containsExactlyInAnyOrder(Courier.values());
    assertThat(orders).extracting(DayOrder::orderNo).doesNotHaveDuplicates();
  }

  @Test
  @Timeout(30)
  void tenThousandOrdersOfADay() {
    ProviderDay day = played(new ProviderDay(ordinary(7, 10_000), time, sink));

    DayTally tally = day.tally();
    assertThat(placed).hasSize(10_000);
    assertThat(tally.orders()).isEqualTo(10_000);
    assertThat(tally.gaveUp()).isZero();
    assertThat(tally.attempts() - tally.lost()).isEqualTo(tally.accepted());
    assertThat(tally.accepted()).isEqualTo(delivered.size());
    assertThat(tally.notices()).isEqualTo(tally.paid());
    assertThat(tally.dropped()).isBetween(350L, 550L);
    assertThat(tally.lost()).isGreaterThan(tally.notices() / 10);
    assertThat(time.instant()).isBefore(NOON.plus(DAY).plus(DAY).plus(DAY));
    assertThat(delivered).extracting(Delivered::at).isSorted();
    Map<String, Long> told = new HashMap<>();
    delivered.forEach(one -> told.merge(one.account() + one.text(), 1L, Long::sum));
    assertThat(told).hasSize((int) (tally.notices() - tally.dropped()));
    assertThat(told.values()).allMatch(times -> times <= 2);
  }

  @ParameterizedTest
  @EnumSource(names = {"WECHAT_V3", "ALIPAY"})
  void whatIsNotAcknowledgedComesAgainByTheProvidersPlan(Dialect dialect) {
    answer = NO;
    DayAccount account = dialect == Dialect.ALIPAY ? alipay : wechat;
    DaySettings one = DaySettings.ordinary(7, 1, NOON, DEADLINE, List.of(account));

    DayTally tally =
        played(new ProviderDay(only(one, Fate.PAID_AT_ONCE, Courier.PROMPT), time, sink)).tally();

    List<Duration> pauses = new ArrayList<>();
    for (int i = 1; i < delivered.size(); i++) {
      pauses.add(Duration.between(delivered.get(i - 1).at(), delivered.get(i).at()));
    }
    assertThat(pauses).isEqualTo(dialect.retryDelays());
    assertThat(tally.gaveUp()).isEqualTo(1);
  }

  @Test
  void theRetryPlansAreThoseOfTheDocuments() {
    assertThat(Dialect.WECHAT_V3.retryDelays().stream().map(Duration::toSeconds))
        .containsExactly(
            15L, 15L, 30L, 180L, 600L, 1200L, 1800L, 1800L, 1800L, 3600L, 10_800L, 10_800L, 10_800L,
            21_600L, 21_600L);
    assertThat(Dialect.ALIPAY.retryDelays().stream().map(Duration::toMinutes))
        .containsExactly(4L, 10L, 10L, 60L, 120L, 360L, 900L);
  }

  @Test
  void aDroppedNoticeNeverComesThoughThePaymentStands() {
    DayTally tally =
        played(
                new ProviderDay(
                    only(ordinary(7, 50), Fate.PAID_AT_ONCE, Courier.DROPPED), time, sink))
            .tally();

    assertThat(delivered).isEmpty();
    assertThat(tally.paid()).isEqualTo(50);
    assertThat(tally.dropped()).isEqualTo(50);
  }

  @Test
  void aDelayedNoticeComesWithinADay() {
    played(new ProviderDay(only(ordinary(7, 500), Fate.PAID_AT_ONCE, Courier.DELAYED), time, sink));

    assertThat(delivered).hasSize(500);
    List<Duration> delays =
        delivered.stream()
            .map(
                one -> {
                  String orderNo = one.text().split(" ", -1)[1];
                  return Duration.between(
                      book(one.account()).byOrderNo(orderNo).orElseThrow().changedAt(), one.at());
                })
            .toList();
    assertThat(delays).allMatch(delay -> delay.compareTo(DAY) <= 0);
    assertThat(delays).anyMatch(delay -> delay.compareTo(Duration.ofHours(6)) > 0);
    assertThat(delays).anyMatch(delay -> delay.compareTo(Duration.ofMinutes(1)) < 0);
  }

  private TradeBook book(String account) {
    return account.equals(alipay.id()) ? alipay.book() : wechat.book();
  }

  @Test
  void whoComesLateFindsWhatWasClosedInTimeClosed() {
    DaySettings late = only(ordinary(7, 100), Fate.PAID_LATE, Courier.PROMPT);
    ProviderDay day = new ProviderDay(late, time, sink);
    Set<String> closed = new HashSet<>();
    for (DayOrder order : DayPlan.of(late)) {
      // Half of them are closed at their deadline; of the others the attempt to close was lost.
      if (order.orderNo().hashCode() % 2 == 0) {
        day.runUntil(order.placedAt().plus(DEADLINE));
        book(order.tries().get(0).account()).close(order.orderNo());
        closed.add(order.orderNo());
      }
    }
    DayTally tally = played(day).tally();

    assertThat(tally.refusedPayments()).isEqualTo(closed.size());
    assertThat(tally.paid()).isEqualTo(100 - closed.size());
    assertThat(closed).hasSizeBetween(30, 70);
  }

  @Test
  void alipayTellsOfSomeThatWereClosed() {
    DaySettings unpaid = only(ordinary(7, 200), Fate.NEVER_PAID, Courier.PROMPT);
    ProviderDay day = new ProviderDay(unpaid, time, sink);
    day.runUntil(NOON.plus(DAY).plusSeconds(60));
    for (DayOrder order : placed) {
      book(order.tries().get(0).account()).close(order.orderNo());
      book(order.tries().get(0).account()).close(order.orderNo());
    }
    played(day);

    assertThat(delivered)
        .hasSizeBetween(30, 70)
        .allSatisfy(
            one -> {
              assertThat(one.account()).isEqualTo(alipay.id());
              assertThat(one.text()).startsWith("closed ");
            })
        .doesNotHaveDuplicates();
  }

  @Test
  void aCodeThatNobodyScannedCanNotBeClosedAndIsPaidAfterwards() {
    DaySettings scanned = only(ordinary(7, 20), Fate.SCANNED_LATE, Courier.PROMPT);
    List<DayOrder> orders = DayPlan.of(scanned);
    ProviderDay day = new ProviderDay(scanned, time, sink);
    DayOrder first =
        orders.stream()
            .filter(order -> order.tries().get(0).isPrepared())
            .findFirst()
            .orElseThrow();

    day.runUntil(first.placedAt().plus(DEADLINE));
    assertThat(alipay.book().byOrderNo(first.orderNo()).orElseThrow().state())
        .isEqualTo(Trade.State.PREPARED);
    played(day);

    assertThat(alipay.book().byOrderNo(first.orderNo()).orElseThrow().state())
        .isEqualTo(Trade.State.PAID);
  }

  @Test
  void aSecondAccountTakesTheMoneyTwice() {
    played(new ProviderDay(only(ordinary(7, 20), Fate.PAID_TWICE, Courier.PROMPT), time, sink));

    for (DayOrder order : placed) {
      for (DayAccount account : List.of(wechat, alipay)) {
        assertThat(account.book().byOrderNo(order.orderNo()).orElseThrow().state())
            .isEqualTo(Trade.State.PAID);
      }
    }
  }

  @Test
  void refundsAreSettledInTheirTimeAndTold() {
    DaySettings paid = only(ordinary(7, 400), Fate.PAID_AT_ONCE, Courier.PROMPT);
    ProviderDay day = played(new ProviderDay(paid, time, sink));
    delivered.clear();
    for (DayOrder order : placed) {
      book(order.tries().get(0).account()).refund(order.orderNo(), "R-" + order.orderNo(), 1);
    }
    assertThat(day.next()).isPresent();
    played(day);

    Map<String, List<String>> told = new HashMap<>();
    for (Delivered one : delivered) {
      String[] words = one.text().split(" ", -1);
      assertThat(words[0]).isEqualTo("refund");
      told.computeIfAbsent(words[1], orderNo -> new ArrayList<>()).add(words[3]);
    }
    assertThat(told).hasSize(400);
    assertThat(new HashSet<>(told.values()))
        .containsExactlyInAnyOrder(
            List.of("SUCCEEDED"), List.of("CLOSED"), List.of("ABNORMAL", "SUCCEEDED"));
    told.forEach(
        (orderNo, outcomes) -> {
          DayOrder order =
              placed.stream().filter(p -> p.orderNo().equals(orderNo)).findFirst().orElseThrow();
          TradeRefund refund =
              book(order.tries().get(0).account())
                  .byOrderNo(orderNo)
                  .orElseThrow()
                  .refunds()
                  .get(0);
          assertThat(refund.state().name()).isEqualTo(outcomes.get(outcomes.size() - 1));
        });
  }

  @Test
  void thePublicKeyTakesOverStepByStep() {
    DaySettings paid = only(ordinary(7, 4000), Fate.PAID_AT_ONCE, Courier.PROMPT);
    played(new ProviderDay(paid, time, sink));

    Duration seventh = DAY.dividedBy(7);
    long[] all = new long[8];
    long[] changed = new long[8];
    for (Delivered one : delivered) {
      if (one.account().equals(wechat.id())) {
        int day = (int) Math.min(7, Duration.between(NOON, one.at()).dividedBy(seventh));
        all[day]++;
        changed[day] += one.signedBy().equals("public key") ? 1 : 0;
      } else {
        assertThat(one.signedBy()).isEqualTo("certificate");
      }
    }
    assertThat(100 * changed[0] / all[0]).isLessThanOrEqualTo(1);
    assertThat(100 * changed[3] / all[3]).isBetween(5L, 16L);
    assertThat(100 * changed[5] / all[5]).isBetween(40L, 60L);
    assertThat(changed[6]).isEqualTo(all[6]);
  }

  @Test
  void timeStandsWhereItIsMovedTo() {
    ProviderDay day = new ProviderDay(ordinary(7, 10), time, sink);

    day.runUntil(NOON.plusSeconds(3600));

    assertThat(time.instant()).isEqualTo(NOON.plusSeconds(3600));
    assertThat(day.next().orElseThrow()).isAfter(NOON.plusSeconds(3600));
  }
}
