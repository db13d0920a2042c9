package io.paidonce.benchmarks.topology;

import io.paidonce.benchmarks.Bench;
import io.paidonce.benchmarks.Machine;
import io.paidonce.benchmarks.OrderImport;
import io.paidonce.benchmarks.load.Merchant;
import io.paidonce.benchmarks.load.Phase;
import io.paidonce.benchmarks.process.ChildJvm;
import io.paidonce.benchmarks.stack.CpuTimes;
import io.paidonce.benchmarks.stack.HotMethods;
import io.paidonce.benchmarks.stack.Stack;
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
      String kafka = stack.startBroker();
      ChildJvm placing = stack.startTopology(kafka, settings.threads(), settings.javaOptions());
      try (Arrivals placed = new Arrivals(kafka, Topics.ORDER_TRANSITIONS, PHASE)) {
        console.say("Placing " + total + " orders");
        new OrderImport(kafka, clock).place(PHASE, total);
        placed.await(total);
      }
      placing.close();
      console.say("Filling payment-notifications");
      new RawNotifications(kafka, new Merchant(SEED), clock).pay(PHASE, total);
      ChildJvm topology = stack.startTopology(kafka, settings.threads(), settings.javaOptions());
      return watch(machine, stack, kafka, topology);
    }
  }

  private TopologyResult watch(Machine machine, Stack stack, String kafka, ChildJvm topology)
      throws IOException {
    try (Arrivals paid = new Arrivals(kafka, Topics.ORDER_PAID, PHASE)) {
      console.say("Warming up with " + settings.warmUp());
      // Its start is behind it then: streams refuse to start on topics that are not flushed.
      paid.await(1);
      if (!settings.flush()) {
        Stack.doNotFlush(kafka);
      }
      paid.await(settings.warmUp());
      if (settings.profile()) {
        HotMethods.start(topology);
      }
      console.say("Watching");
      CpuTimes before = CpuTimes.now(stack.processes(), topology.handle());
      int first = paid.count();
      long began = System.nanoTime();
      paid.await(settings.total());
      long nanos = System.nanoTime() - began;
      CpuTimes used = CpuTimes.now(stack.processes(), topology.handle()).since(before);
      List<String> hot =
          settings.profile()
              ? HotMethods.stop(topology, settings.directory().resolve("topology.jfr"))
              : List.of();
      return new TopologyResult(
          settings, machine, paid.count() - first, nanos, paid.count(), paid.repeated(), used, hot);
    }
  }
}
