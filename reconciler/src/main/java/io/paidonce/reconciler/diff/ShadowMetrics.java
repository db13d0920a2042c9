package io.paidonce.reconciler.diff;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** The shadow's metrics, each named here and nowhere else. */
final class ShadowMetrics {

  private final Counter folded;
  private final Counter passedOver;
  private final Counter unreadable;
  private final Counter different;
  private final Counter orders;
  private final Counter left;
  private volatile int followed;

  ShadowMetrics(MeterRegistry registry) {
    folded = counter(registry, "inputs", "Inputs that both builds folded");
    passedOver =
        counter(registry, "passed.over", "Inputs of orders that began before, or were left");
    unreadable = counter(registry, "unreadable", "Inputs that this build can't read");
    different =
        counter(registry, "inputs.different", "Inputs of which the builds make different things");
    orders = counter(registry, "orders.different", "Orders whose history would differ");
    left = counter(registry, "orders.left", "Orders no longer followed, since others came");
    Gauge.builder("paidonce.shadow.orders.followed", () -> followed)
        .description("Orders that are followed now")
        .register(registry);
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder("paidonce.shadow." + name).description(description).register(registry);
  }

  void folded(int orders) {
    folded.increment();
    followed = orders;
  }

  void passedOver() {
    passedOver.increment();
  }

  void unreadable() {
    unreadable.increment();
  }

  void different() {
    different.increment();
  }

  void orderDifferent() {
    orders.increment();
  }

  void left() {
    left.increment();
  }
}
