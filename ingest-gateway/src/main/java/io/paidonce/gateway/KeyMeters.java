package io.paidonce.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.paidonce.providers.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which keys providers sign with, and how long each may still be used. Named one by one where there
 * are few; where there are many, only the nearest end is shown, unless accounts are labels at all.
 */
final class KeyMeters {

  static final String DELIVERIES = "paidonce.gateway.key.deliveries";
  static final String DAYS_LEFT = "paidonce.gateway.key.days.left";
  static final String NEAREST_END = "paidonce.gateway.key.nearest.end.days";

  static final int MOST_NAMED = 1_000;

  private final MeterRegistry registry;
  private final Clock clock;
  private final boolean always;
  private final MultiGauge daysLeft;
  private final Map<Accounts.ServedKey, Counter> deliveries = new ConcurrentHashMap<>();
  private volatile boolean named;
  private volatile List<Instant> ends = List.of();

  KeyMeters(MeterRegistry registry, Clock clock, boolean always) {
    this.registry = registry;
    this.clock = clock;
    this.always = always;
    this.daysLeft =
        MultiGauge.builder(DAYS_LEFT)
            .description("Whole days until a key's certificate expires or it is accepted no more")
            .register(registry);
    Gauge.builder(NEAREST_END, this, KeyMeters::nearest)
        .description("The same of the key that ends first; NaN where none does")
        .register(registry);
  }

  /** The keys that are served from now on. */
  synchronized void watch(List<Accounts.ServedKey> keys) {
    named = always || keys.size() <= MOST_NAMED;
    List<Instant> allEnds = new ArrayList<>();
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    for (Accounts.ServedKey key : keys) {
      Instant until = key.until();
      if (until != null) {
        allEnds.add(until);
        rows.add(MultiGauge.Row.of(tags(key), () -> days(until)));
      }
    }
    ends = List.copyOf(allEnds);
    daysLeft.register(named ? rows : List.of(), true);
  }

  /** An authentic delivery, whatever becomes of it: its key is in use. */
  void delivered(String protocol, String account, Verdict verdict) {
    String id = verdict.keyId();
    if (named && !id.isEmpty()) {
      deliveries
          .computeIfAbsent(
              new Accounts.ServedKey(protocol, account, id, null),
              key -> registry.counter(DELIVERIES, tags(key)))
          .increment();
    }
  }

  private double nearest() {
    return ends.stream().mapToLong(this::days).asDoubleStream().min().orElse(Double.NaN);
  }

  private long days(Instant end) {
    return days(clock, end);
  }

  /** Whole days until then; below 0 once it is over. */
  static long days(Clock clock, Instant end) {
    return Math.floorDiv(Duration.between(clock.instant(), end).toSeconds(), 86_400);
  }

  private static Tags tags(Accounts.ServedKey key) {
    return Tags.of("protocol", key.protocol(), "account", key.account(), "key", key.id());
  }
}
