package io.paidonce.simulator.day;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What kind of days.
 *
 * @param seed the same one gives the same plan
 * @param span in which the orders are placed, evenly by chance; their notices may come later
 * @param deadline when our side gives up an unpaid order, counted from its placing; what happens
 *     around it is aimed at it
 * @param accounts at least one
 * @param fates weights; a fate without one does not happen
 * @param couriers weights likewise
 * @param ramp absent where no key changes
 */
public record DaySettings(
    long seed,
    int orders,
    Instant start,
    Duration span,
    Duration deadline,
    List<DayAccount> accounts,
    Map<Fate, Integer> fates,
    Map<Courier, Integer> couriers,
    @Nullable KeyRamp ramp) {

  public DaySettings {
    requireNonNull(start, "start");
    requireNonNull(span, "span");
    requireNonNull(deadline, "deadline");
    accounts = List.copyOf(accounts);
    fates = weights(Fate.class, fates);
    couriers = weights(Courier.class, couriers);
    if (accounts.isEmpty()) {
      throw new IllegalArgumentException("a day needs at least one account");
    }
  }

  /** One day with all that can happen, in the shares it is thought to happen. */
  public static DaySettings ordinary(
      long seed, int orders, Instant start, Duration deadline, List<DayAccount> accounts) {
    return new DaySettings(
        seed,
        orders,
        start,
        Duration.ofDays(1),
        deadline,
        accounts,
        byWeight(Fate.values(), Fate::weight),
        byWeight(Courier.values(), Courier::weight),
        new KeyRamp(start, Duration.ofDays(1).dividedBy(7)));
  }

  /** The same, where only these fates and these couriers happen. */
  public DaySettings only(Map<Fate, Integer> otherFates, Map<Courier, Integer> otherCouriers) {
    return new DaySettings(
        seed, orders, start, span, deadline, accounts, otherFates, otherCouriers, ramp);
  }

  private static <E extends Enum<E>> Map<E, Integer> byWeight(E[] values, ToIntFunction<E> weight) {
    Map<E, Integer> weights = new EnumMap<>(values[0].getDeclaringClass());
    Arrays.stream(values).forEach(value -> weights.put(value, weight.applyAsInt(value)));
    return weights;
  }

  // In the order of the enum, so that a draw means the same in every run.
  private static <E extends Enum<E>> Map<E, Integer> weights(Class<E> type, Map<E, Integer> given) {
    Map<E, Integer> weights = new EnumMap<>(type);
    weights.putAll(given);
    if (weights.values().stream().mapToInt(Integer::intValue).sum() <= 0) {
      throw new IllegalArgumentException("something must be able to happen: " + given);
    }
    return Collections.unmodifiableMap(weights);
  }
}
