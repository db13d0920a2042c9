package io.paidonce.benchmarks.topology;

import io.paidonce.benchmarks.Bench;
import io.paidonce.benchmarks.Machine;
import io.paidonce.benchmarks.OrderImport;
import io.paidonce.benchmarks.load.Latencies;
import io.paidonce.benchmarks.load.Merchant;
import io.paidonce.benchmarks.load.PaidWatch;
import io.paidonce.benchmarks.load.Phase;
import io.paidonce.benchmarks.stack.CpuTimes;
import io.paidonce.benchmarks.stack.Stack;
import io.paidonce.benchmarks.stack.Stack.RunningTopology;
import io.paidonce.contract.OnDeadline;
import io.paidonce.contract.PaymentPolicy;
import io.paidonce.contract.Topics;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * One run: the topology's CPU time while nothing happens, without and with many orders that wait;
 * then payments at a constant rate while many other orders fall due at once.
 */
public final class DeadlineBench {

  private static final Phase WAITING = Phase.WARM_UP;
  private static final Phase DUE = Phase.SATURATION;
  private static final Phase PAID = Phase.LATENCY;
  private static final PaymentPolicy FAR_AWAY =
      PaymentPolicy.DEFAULT.withDeadline(PaymentPolicy.MOST_PAY_WITHIN_SECONDS, OnDeadline.LOCAL);
  private static final PaymentPolicy SOON =
      PaymentPolicy.DEFAULT.withDeadline(PaymentPolicy.LEAST_PAY_WITHIN_SECONDS, OnDeadline.LOCAL);
  private static final Duration SETTLED_WITHIN = Duration.ofMinutes(2);
  private static final long SEED = 20_261_121;

  private final DeadlineSettings settings;
  private final Clock clock;
  private final Bench.Console console;

  public DeadlineBench(DeadlineSettings settings, Clock clock, Bench.Console console) {
    this.settings = settings;
    this.clock = clock;
    this.console = console;
  }

  /** Returns what was found; everything is stopped and deleted then. */
  public DeadlineResult run() throws IOException {
    Machine machine = Machine.here();
    console.say("Machine: " + machine);
    try (Stack stack = Stack.in(settings.directory())) {
      LoneTopology topology = new LoneTopology(stack, 1, settings.javaOptions());
      RunningTopology running = topology.start();
      long idle = micros(topology, running, "no order waits");
      place(topology, WAITING, settings.waiting(), FAR_AWAY);
      long waiting = micros(topology, running, settings.waiting() + " orders wait");
      return fallDue(machine, topology, idle, waiting);
    }
  }

  private void place(LoneTopology topology, Phase phase, int orders, PaymentPolicy policy) {
    console.say("Placing " + orders + " orders");
    try (Arrivals placed = new Arrivals(topology.kafka(), Topics.ORDER_TRANSITIONS, phase)) {
      new OrderImport(topology.kafka(), clock).place(phase, orders, policy);
      placed.await(orders);
    }
  }

  private long micros(LoneTopology topology, RunningTopology running, String of) {
    topology.awaitQuiet(running);
    console.say("Watching for " + settings.seconds() + " s while " + of);
    CpuTimes before = topology.cpu(running);
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(settings.seconds()));
    return topology
        .cpu(running)
        .since(before)
        .microsByProcess()
        .getOrDefault(LoneTopology.TOPOLOGY, 0L);
  }

  private DeadlineResult fallDue(
      Machine machine, LoneTopology topology, long idleMicros, long waitingMicros) {
    RawNotifications payments = new RawNotifications(topology.kafka(), new Merchant(SEED), clock);
    int count = settings.payments();
    place(topology, PAID, count, FAR_AWAY);
    List<ProducerRecord<byte[], byte[]>> made = payments.made(PAID, count);
    place(topology, DUE, settings.due(), SOON);
    long dueAt =
        System.nanoTime() + TimeUnit.SECONDS.toNanos(PaymentPolicy.LEAST_PAY_WITHIN_SECONDS);
    console.say("Waiting until they fall due, in five minutes");
    sleepUntil(
        dueAt - TimeUnit.SECONDS.toNanos(settings.seconds() + DeadlineSettings.WARM_UP_SECONDS));
    try (PaidWatch watch = new PaidWatch(topology.kafka());
        Arrivals cancelled = new Arrivals(topology.kafka(), Topics.ORDER_CANCELLED, DUE)) {
      PaidWatch.Watched watched = watch.turnTo(PAID, count);
      CompletableFuture<long[]> sent =
          CompletableFuture.supplyAsync(() -> payments.payAt(count, settings.perSecond(), made));
      sleepUntil(dueAt);
      cancelled.await(1);
      long first = System.nanoTime();
      cancelled.await(settings.due());
      long last = System.nanoTime();
      long[] dueNanos = sent.join();
      awaitPaid(watched, count);
      Histogram calm = new Histogram(3);
      Histogram busy = new Histogram(3);
      for (int i = settings.warmUpPayments(); i < count; i++) {
        long paidNanos = watched.paidNanos(i);
        boolean isBusy = dueNanos[i] >= first - 1_000_000_000L && dueNanos[i] <= last;
        if (paidNanos != PaidWatch.NOT_PAID) {
          (isBusy ? busy : calm).recordValue((paidNanos - dueNanos[i]) / 1_000);
        }
      }
      return new DeadlineResult(
          settings,
          machine,
          idleMicros,
          waitingMicros,
          Latencies.of(calm),
          Latencies.of(busy),
          cancelled.count(),
          last - first,
          watched.count());
    }
  }

  private static void awaitPaid(PaidWatch.Watched watched, int count) {
    long deadline = System.nanoTime() + SETTLED_WITHIN.toNanos();
    while (watched.count() < count && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(10_000_000);
    }
  }

  private static void sleepUntil(long nanos) {
    for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
