package io.paidonce.benchmarks.topology;

import io.paidonce.benchmarks.OrderImport;
import io.paidonce.benchmarks.load.Phase;
import io.paidonce.benchmarks.stack.CpuTimes;
import io.paidonce.benchmarks.stack.ServicesMain;
import io.paidonce.benchmarks.stack.Stack;
import io.paidonce.benchmarks.stack.Stack.RunningTopology;
import io.paidonce.contract.Topics;
import io.paidonce.streams.DedupStreamsConfig;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** The topology beside its broker, stopped and started again as often as a run wants. */
final class LoneTopology {

  static final String TOPOLOGY = "topology";
  static final String BROKER = "broker";

  private static final long LOOK_EVERY_NANOS = 100_000_000;
  private static final long GROUP_EMPTY_WITHIN_NANOS = 60_000_000_000L;
  private static final long QUIET_LOOK_NANOS = 2_000_000_000;
  private static final long QUIET_WITHIN_NANOS = 600_000_000_000L;
  // Of a core. Streams without work uses less than half of that, one merging thread all of it.
  private static final int QUIET_SHARE = 4;

  private final Stack stack;
  private final String kafka;
  private final int threads;
  private final List<String> javaOptions;

  /** Starts the broker. */
  LoneTopology(Stack stack, int threads, List<String> javaOptions) {
    this.stack = stack;
    this.kafka = stack.startBroker();
    this.threads = threads;
    this.javaOptions = javaOptions;
  }

  String kafka() {
    return kafka;
  }

  /** What it runs with. */
  DedupStreamsConfig config() {
    return ServicesMain.streams(kafka, stack.directory().toString(), threads);
  }

  /** Places orders and has them processed; the topology is stopped then. */
  void place(Phase phase, int orders, Clock clock) {
    RunningTopology placing = start();
    try (Arrivals placed = new Arrivals(kafka, Topics.ORDER_TRANSITIONS, phase)) {
      new OrderImport(kafka, clock).place(phase, orders);
      placed.await(orders);
    }
    stop(placing);
  }

  /** Starts it, on topics as they are shipped: it refuses others. Returns once it runs. */
  RunningTopology start() {
    Stack.applyTopics(kafka);
    return stack.startTopology(kafka, threads, javaOptions);
  }

  /** Stops it, and waits until its group is empty: the next start would wait for that. */
  void stop(RunningTopology topology) {
    topology.process().close();
    awaitEmptyGroup();
  }

  private void awaitEmptyGroup() {
    String group = config().applicationId();
    long deadline = System.nanoTime() + GROUP_EMPTY_WITHIN_NANOS;
    try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka))) {
      while (!isEmpty(admin, group)) {
        if (System.nanoTime() - deadline > 0) {
          throw new IllegalStateException("the group " + group + " was not empty within 60 s");
        }
        LockSupport.parkNanos(LOOK_EVERY_NANOS);
      }
    }
  }

  private static boolean isEmpty(Admin admin, String group) {
    try {
      return admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
          .allMatch(described -> described.members().isEmpty());
    } catch (ExecutionException e) {
      throw new IllegalStateException("the group " + group + " can't be looked at", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + group, e);
    }
  }

  /**
   * Waits while a topology that has nothing to do works all the same: RocksDB goes on merging what
   * was restored. Returns the nanoseconds that took, to within one look; ten minutes at most.
   */
  long awaitQuiet(RunningTopology topology) {
    long began = System.nanoTime();
    while (true) {
      long lookedAt = System.nanoTime();
      CpuTimes before = cpu(topology);
      LockSupport.parkNanos(QUIET_LOOK_NANOS);
      long used = cpu(topology).since(before).microsByProcess().getOrDefault(TOPOLOGY, 0L) * 1_000;
      long took = System.nanoTime() - lookedAt;
      if (used * QUIET_SHARE < took || lookedAt - began > QUIET_WITHIN_NANOS) {
        return lookedAt - began;
      }
    }
  }

  CpuTimes cpu(RunningTopology topology) {
    return CpuTimes.now(stack.processes(), topology.process().handle());
  }

  /** What it takes from here until that many orders are paid. */
  Window watch(RunningTopology topology, Arrivals paid, int until) {
    CpuTimes before = cpu(topology);
    int first = paid.count();
    long began = System.nanoTime();
    paid.await(until);
    long nanos = System.nanoTime() - began;
    return new Window(paid.count() - first, nanos, cpu(topology).since(before));
  }
}
