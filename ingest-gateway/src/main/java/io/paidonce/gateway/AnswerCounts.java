package io.paidonce.gateway;

import io.paidonce.contract.GatewayCounts;
import io.paidonce.contract.Rejection;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** What was answered since the start, for {@code gateway-status}; threads share it. */
final class AnswerCounts {

  private final Map<GatewayMetrics.Outcome, LongAdder> outcomes = adders();
  private final Map<Rejection, LongAdder> rejections = new EnumMap<>(Rejection.class);
  private final LongAdder notStored = new LongAdder();

  AnswerCounts() {
    for (Rejection each : Rejection.values()) {
      rejections.put(each, new LongAdder());
    }
  }

  private static Map<GatewayMetrics.Outcome, LongAdder> adders() {
    Map<GatewayMetrics.Outcome, LongAdder> adders = new EnumMap<>(GatewayMetrics.Outcome.class);
    for (GatewayMetrics.Outcome each : GatewayMetrics.Outcome.values()) {
      adders.put(each, new LongAdder());
    }
    return adders;
  }

  void answered(GatewayMetrics.Outcome outcome) {
    of(outcomes, outcome).increment();
  }

  void refused(Rejection rejection) {
    of(rejections, rejection).increment();
  }

  void notStored() {
    notStored.increment();
  }

  GatewayCounts now() {
    return new GatewayCounts(
        of(outcomes, GatewayMetrics.Outcome.STORED).sum(),
        of(outcomes, GatewayMetrics.Outcome.UNREADABLE).sum(),
        of(outcomes, GatewayMetrics.Outcome.REFUSED).sum(),
        of(outcomes, GatewayMetrics.Outcome.BROKEN).sum(),
        notStored.sum());
  }

  /** Those that happened, by name. */
  Map<String, Long> rejections() {
    Map<String, Long> counts = new TreeMap<>();
    rejections.forEach(
        (rejection, count) -> {
          if (count.sum() > 0) {
            counts.put(rejection.name(), count.sum());
          }
        });
    return counts;
  }

  private static <K> LongAdder of(Map<K, LongAdder> adders, K key) {
    LongAdder adder = adders.get(key);
    if (adder == null) {
      throw new IllegalStateException("no count of " + key);
    }
    return adder;
  }
}
