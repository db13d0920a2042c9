package io.paidonce.benchmarks.topology;

import io.paidonce.benchmarks.Bench;
import io.paidonce.benchmarks.Machine;
import io.paidonce.benchmarks.load.Merchant;
import io.paidonce.benchmarks.load.Phase;
import io.paidonce.benchmarks.stack.ResidentMemory;
import io.paidonce.benchmarks.stack.Stack;
import io.paidonce.benchmarks.stack.Stack.RunningTopology;
import io.paidonce.benchmarks.topology.MemoryResult.Part;
import io.paidonce.benchmarks.topology.MemoryResult.Restore;
import io.paidonce.contract.Topics;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a notification costs while few identities are remembered and while many are, in one run: the
 * ratio of two runs would be that of two states of the machine.
 */
public final class MemoryBench {

  private static final Phase PHASE = Phase.SATURATION;
  private static final long SEED = 20_261_121;
  private static final TransactionIds IDS = new TransactionIds(SEED);
  // Orders have the numbers below.
  private static final long FIRST_REMEMBERED = 1L << 32;

  private final MemorySettings settings;
  private final Clock clock;
  private final Bench.Console console;

  public MemoryBench(MemorySettings settings, Clock clock, Bench.Console console) {
    this.settings = settings;
    this.clock = clock;
    this.console = console;
  }

  /**
   * Returns what was found; everything is stopped and deleted then.
   *
   * @throws IllegalArgumentException if there is too little free disk
   */
  public MemoryResult run() throws IOException {
    DiskNeed.of(settings).require(settings.directory());
    Machine machine = Machine.here();
    console.say("Machine: " + machine);
    try (Stack stack = Stack.in(settings.directory())) {
      LoneTopology topology = new LoneTopology(stack, 1, settings.javaOptions());
      try (Arrivals paid = new Arrivals(topology.kafka(), Topics.ORDER_PAID, PHASE)) {
        console.say("Placing " + settings.orders() + " orders");
        topology.place(PHASE, settings.orders(), clock);
        Part few = pay(topology, paid, 0);
        remember(topology);
        Restore restore = restore(topology);
        Part many = pay(topology, paid, settings.half());
        return new MemoryResult(
            settings,
            machine,
            topology.config().rocksDbMemoryMib(),
            few,
            restore,
            many,
            paid.count(),
            paid.repeated());
      }
    }
  }

  private Part pay(LoneTopology topology, Arrivals paid, int from) {
    int to = from + settings.half();
    console.say("Filling payment-notifications, while the topology stands");
    new RawNotifications(topology.kafka(), new Merchant(SEED), clock).pay(PHASE, from, to, IDS::of);
    RunningTopology running = topology.start();
    if (!settings.flush()) {
      Stack.doNotFlush(topology.kafka());
    }
    console.say("Warming up with " + settings.warmUp());
    paid.await(from + settings.warmUp());
    List<Window> windows = new ArrayList<>();
    int last = to - settings.tail();
    while (windows.size() < settings.windows() && paid.count() < last) {
      int until = Math.min(paid.count() + settings.notifications(), last);
      windows.add(topology.watch(running, paid, until));
      console.say("  window " + windows.size() + " of " + settings.windows());
    }
    OptionalLong rss = ResidentMemory.mibOf(running.process().handle());
    paid.await(to);
    topology.stop(running);
    return new Part(running.startNanos(), windows, rss);
  }

  private void remember(LoneTopology topology) {
    console.say("Remembering " + settings.remembered() + " payments more");
    ReceivedChangelog memory =
        new ReceivedChangelog(topology.kafka(), topology.config().receivedChangelog());
    memory.fill(memory.anyPayment(), IDS, FIRST_REMEMBERED, settings.remembered(), console);
  }

  private Restore restore(LoneTopology topology) {
    console.say("Restoring them");
    RunningTopology running = topology.start();
    long settling = topology.awaitQuiet(running);
    OptionalLong rss = ResidentMemory.mibOf(running.process().handle());
    topology.stop(running);
    return new Restore(running.restored(), running.startNanos(), settling, rss);
  }
}
