package io.paidonce.benchmarks.topology;

import io.paidonce.benchmarks.Bench;
import io.paidonce.benchmarks.Machine;
import io.paidonce.benchmarks.load.Merchant;
import io.paidonce.benchmarks.load.Phase;
import io.paidonce.benchmarks.stack.HotMethods;
import io.paidonce.benchmarks.stack.Stack;
import io.paidonce.benchmarks.stack.Stack.RunningTopology;
import io.paidonce.contract.Topics;
import java.io.IOException;
import java.time.Clock;
import java.util.List;

/**
 * One run: orders placed, the topology stopped, the raw topic filled, the topology started again
 * and watched until each order has its {@code order-paid}.
 */
public final class TopologyBench {

  private static final Phase PHASE = Phase.SATURATION;
  private static final long SEED = 20_261_121;

  private final TopologySettings settings;
  private final Clock clock;
  private final Bench.Console console;

  public TopologyBench(TopologySettings settings, Clock clock, Bench.Console console) {
    this.settings = settings;
    this.clock = clock;
    this.console = console;
  }

  /** Returns what was found; everything is stopped and deleted then. */
  public TopologyResult run() throws IOException {
    Machine machine = Machine.here();
    console.say("Machine: " + machine);
    int total = settings.total();
    try (Stack stack = Stack.in(settings.directory())) {
      LoneTopology topology = new LoneTopology(stack, settings.threads(), settings.javaOptions());
      console.say("Placing " + total + " orders");
      topology.place(PHASE, total, clock);
      console.say("Filling payment-notifications");
      new RawNotifications(topology.kafka(), new Merchant(SEED), clock)
          .pay(PHASE, 0, total, PHASE::transactionId);
      return watch(machine, topology);
    }
  }

  private TopologyResult watch(Machine machine, LoneTopology topology) throws IOException {
    RunningTopology running = topology.start();
    try (Arrivals paid = new Arrivals(topology.kafka(), Topics.ORDER_PAID, PHASE)) {
      console.say("Warming up with " + settings.warmUp());
      if (!settings.flush()) {
        Stack.doNotFlush(topology.kafka());
      }
      paid.await(settings.warmUp());
      if (settings.profile()) {
        HotMethods.start(running.process());
      }
      console.say("Watching");
      Window watched = topology.watch(running, paid, settings.total());
      List<String> hot =
          settings.profile()
              ? HotMethods.stop(running.process(), settings.directory().resolve("topology.jfr"))
              : List.of();
      return new TopologyResult(settings, machine, watched, paid.count(), paid.repeated(), hot);
    }
  }
}
