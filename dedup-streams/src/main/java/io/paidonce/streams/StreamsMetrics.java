package io.paidonce.streams;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.paidonce.contract.DeadLetterReason;
import io.paidonce.ledger.Decision;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the topology counts. Counted as processed, before the transaction commits: after a crash the
 * counters run ahead of the topics, which alone are the truth.
 */
final class StreamsMetrics {

  private final Counter first;
  private final Counter duplicate;
  private final Counter conflict;
  private final Counter forgotten;
  private final Counter noted;
  private final Counter advanced;
  private final Counter ignored;
  private final Counter refused;
  private final Counter paid;
  private final Counter refunded;
  private final Counter due;
  private final Counter asks;
  private final Map<DeadLetterReason, Counter> deadLetters = new EnumMap<>(DeadLetterReason.class);

  StreamsMetrics(MeterRegistry registry) {
    first = intake(registry, "first");
    duplicate = intake(registry, "duplicate");
    conflict = intake(registry, "conflict");
    noted = intake(registry, "noted");
    forgotten =
        Counter.builder("paidonce.intake.forgotten")
            .description("Identities forgotten after 35 days")
            .register(registry);
    advanced = ledger(registry, "advance");
    ignored = ledger(registry, "ignore");
    refused = ledger(registry, "refuse");
    paid =
        Counter.builder("paidonce.orders.paid")
            .description("order-paid records written")
            .register(registry);
    refunded =
        Counter.builder("paidonce.orders.refunded")
            .description("order-refunded records written")
            .register(registry);
    due =
        Counter.builder("paidonce.deadlines.due")
            .description("Deadlines that were called over")
            .register(registry);
    asks =
        Counter.builder("paidonce.asks.due")
            .description("Orders whose providers were to be asked")
            .register(registry);
    for (DeadLetterReason reason : DeadLetterReason.values()) {
      deadLetters.put(
          reason,
          Counter.builder("paidonce.dead.letters")
              .description("Records that could not be processed")
              .tag("reason", reason.name())
              .register(registry));
    }
  }

  void first() {
    first.increment();
  }

  void duplicate() {
    duplicate.increment();
  }

  void conflict() {
    conflict.increment();
  }

  void due() {
    due.increment();
  }

  void ask() {
    asks.increment();
  }

  void noted() {
    noted.increment();
  }

  void forgot(int identities) {
    forgotten.increment(identities);
  }

  void deadLetter(DeadLetterReason reason) {
    Counter counter = deadLetters.get(reason);
    if (counter != null) {
      counter.increment();
    }
  }

  void decided(Decision decision) {
    if (decision instanceof Decision.Advance advance) {
      advanced.increment();
      paid.increment(advance.paid().isPresent() ? 1 : 0);
      refunded.increment(advance.refunded().isPresent() ? 1 : 0);
    } else if (decision instanceof Decision.Refuse) {
      refused.increment();
    } else {
      ignored.increment();
    }
  }

  private static Counter intake(MeterRegistry registry, String outcome) {
    return Counter.builder("paidonce.intake.received")
        .description("Notifications and commands by what intake made of them")
        .tag("outcome", outcome)
        .register(registry);
  }

  private static Counter ledger(MeterRegistry registry, String decision) {
    return Counter.builder("paidonce.ledger.decisions")
        .description("Inputs by what the ledger made of them")
        .tag("decision", decision)
        .register(registry);
  }
}
