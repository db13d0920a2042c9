package io.paidonce.benchmarks;

import io.paidonce.benchmarks.load.Merchant;
import io.paidonce.benchmarks.load.Phase;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.PaymentPolicy;
import io.paidonce.simulator.KafkaOrderPlacer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Places the orders that will be paid, as an order service would. */
public final class OrderImport {

  private final String kafka;
  private final Clock clock;

  public OrderImport(String kafka, Clock clock) {
    this.kafka = kafka;
    this.clock = clock;
  }

  /** Returns once Kafka has all of them. */
  public void place(Phase phase, int count) {
    place(phase, count, PaymentPolicy.DEFAULT);
  }

  /** The same, of orders that say how they may be paid. */
  public void place(Phase phase, int count, PaymentPolicy policy) {
    List<CompletionStage<?>> storing = new ArrayList<>(count);
    try (KafkaOrderPlacer placer = KafkaOrderPlacer.connect(kafka)) {
      for (int i = 0; i < count; i++) {
        OrderKey order = new OrderKey(Merchant.SHOP, phase.orderNo(i));
        storing.add(
            placer.submit(
                OrderCommand.place(
                    order, Merchant.PRICE, policy, "place", "bench", clock.instant())));
      }
      storing.forEach(stored -> stored.toCompletableFuture().join());
    }
  }
}
