package io.paidonce.simulator.day;

import io.paidonce.simulator.Dialect;
import io.paidonce.simulator.day.DayOrder.Try;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Makes the plan of the days: a pure function of their settings. */
public final class DayPlan {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration TWO_MINUTES = Duration.ofMinutes(2);
  private static final Duration LATEST_PAYMENT = Duration.ofHours(3);

  private final DaySettings settings;

  private DayPlan(DaySettings settings) {
    this.settings = settings;
  }

  /** The orders, by the time they are placed. */
  public static List<DayOrder> of(DaySettings settings) {
    DayPlan plan = new DayPlan(settings);
    return IntStream.range(0, settings.orders())
        .mapToObj(plan::order)
        .sorted(Comparator.comparing(DayOrder::placedAt).thenComparing(DayOrder::orderNo))
        .toList();
  }

  private DayOrder order(int index) {
    // Each order by itself: more orders, or another account, leave the rest of the plan as it is.
    Draw draw = Draw.of(settings.seed(), "order " + index);
    Instant placedAt = settings.start().plus(draw.between(Duration.ZERO, settings.span()));
    Fate fate = draw.weighted(settings.fates());
    DayAccount first = draw.any(settings.accounts());
    return new DayOrder(
        first.account().shop(),
        "D"
            + Long.toUnsignedString(settings.seed(), 36).toUpperCase(Locale.ROOT)
            + String.format(Locale.ROOT, "-%07d", index),
        1 + draw.below(100_000),
        placedAt,
        fate,
        tries(fate, placedAt, first, draw));
  }

  private List<Try> tries(Fate fate, Instant placedAt, DayAccount first, Draw draw) {
    Instant opensAt = placedAt.plus(draw.between(Duration.ZERO, SECOND.multipliedBy(3)));
    Instant due = placedAt.plus(settings.deadline());
    List<Try> tries = new ArrayList<>();
    switch (fate) {
      case PAID_AT_ONCE -> tries.add(paid(first, opensAt, soon(opensAt, draw), draw));
      case PAID_SLOWLY ->
          tries.add(
              paid(
                  first,
                  opensAt,
                  placedAt.plus(draw.between(SECOND.multipliedBy(5), settings.deadline())),
                  draw));
      case PAID_AT_THE_DEADLINE ->
          tries.add(
              paid(
                  first,
                  opensAt,
                  due.plus(draw.between(SECOND.multipliedBy(-30), SECOND.multipliedBy(60))),
                  draw));
      case PAID_LATE -> tries.add(late(first, opensAt, due, false, draw));
      case SCANNED_LATE ->
          tries.add(late(first, opensAt, due, first.account().dialect() == Dialect.ALIPAY, draw));
      case NEVER_PAID -> tries.add(abandoned(first, opensAt, draw));
      case PAID_TWICE -> {
        tries.add(paid(first, opensAt, soon(opensAt, draw), draw));
        Instant again = opensAt.plus(draw.between(SECOND, TWO_MINUTES));
        tries.add(paid(partner(first, draw), again, soon(again, draw), draw));
      }
      case PAID_ELSEWHERE -> {
        tries.add(abandoned(first, opensAt, draw));
        Instant again = opensAt.plus(draw.between(SECOND, TWO_MINUTES));
        tries.add(paid(partner(first, draw), again, soon(again, draw), draw));
      }
    }
    return tries;
  }

  private static Instant soon(Instant opensAt, Draw draw) {
    return opensAt.plus(draw.between(SECOND.multipliedBy(2), TWO_MINUTES));
  }

  private Try late(
      DayAccount account, Instant opensAt, Instant due, boolean isPrepared, Draw draw) {
    Instant paysAt = due.plus(draw.between(TWO_MINUTES, LATEST_PAYMENT));
    return paid(account, opensAt, isPrepared, paysAt, draw);
  }

  private Try paid(DayAccount account, Instant opensAt, Instant paysAt, Draw draw) {
    return paid(account, opensAt, false, paysAt, draw);
  }

  private Try paid(
      DayAccount account, Instant opensAt, boolean isPrepared, Instant paysAt, Draw draw) {
    Courier courier = draw.weighted(settings.couriers());
    return new Try(account.id(), opensAt, isPrepared, paysAt, courier, courier.latency(draw));
  }

  private static Try abandoned(DayAccount account, Instant opensAt, Draw draw) {
    return new Try(
        account.id(), opensAt, false, null, Courier.PROMPT, draw.between(SECOND, SECOND));
  }

  // Another account of the same shop; where there is none the same one, which takes money once.
  private DayAccount partner(DayAccount first, Draw draw) {
    List<DayAccount> others =
        settings.accounts().stream()
            .filter(
                other ->
                    other.account().shop().equals(first.account().shop())
                        && !other.id().equals(first.id()))
            .toList();
    return others.isEmpty() ? first : draw.any(others);
  }
}
