package io.paidonce.simulator.provider;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Faults by chance, the same for the same seed however requests of several threads mix: what goes
 * wrong with the n-th request of a kind about an order depends on nothing but these and the seed.
 */
public final class SeededFaults implements Faults {

  private static final int WHOLE = 1000;

  private final long seed;
  private final Map<Fault.Kind, Integer> perThousand;
  private final Map<Fault.Kind, Fault> faults = new EnumMap<>(Fault.Kind.class);
  private final Map<Asked, Integer> times = new HashMap<>();

  /**
   * Faults of a rate for each kind.
   *
   * @param perThousand fault and how many of a thousand requests it befalls; together at most 1000
   */
  public SeededFaults(long seed, Map<Fault, Integer> perThousand) {
    this.seed = seed;
    this.perThousand = new EnumMap<>(Fault.Kind.class);
    perThousand.forEach(
        (fault, rate) -> {
          faults.put(fault.kind(), fault);
          this.perThousand.merge(fault.kind(), rate, Integer::sum);
        });
    if (this.perThousand.values().stream().mapToInt(Integer::intValue).sum() > WHOLE) {
      throw new IllegalArgumentException("more than " + WHOLE + " of a thousand: " + perThousand);
    }
  }

  @Override
  public synchronized Fault next(Asked asked) {
    int time = times.merge(asked, 1, Integer::sum);
    int drawn =
        new SplittableRandom(
                seed
                    ^ Objects.hash(
                        asked.protocol(),
                        asked.account(),
                        asked.kind().name(),
                        asked.order(),
                        time))
            .nextInt(WHOLE);
    for (Map.Entry<Fault.Kind, Integer> rate : perThousand.entrySet()) {
      if (drawn < rate.getValue()) {
        return rate.getKey().isKnownTo(asked.protocol())
            ? faults.getOrDefault(rate.getKey(), Fault.NONE)
            : Fault.NONE;
      }
      drawn -= rate.getValue();
    }
    return Fault.NONE;
  }
}
