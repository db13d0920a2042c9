package io.paidonce.launcher.bench;

import io.paidonce.benchmarks.Bench;
import io.paidonce.benchmarks.stack.Stack;
import io.paidonce.reconciler.replay.Replay;
import io.paidonce.reconciler.replay.ReplayConfig;
import io.paidonce.reconciler.replay.ReplayRange;
import io.paidonce.reconciler.replay.ReplayReport;
import io.paidonce.reconciler.replay.ReplayTable;
import io.paidonce.reconciler.replay.Tally;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;

/**
 * Fills the topics of a broker with so many inputs and all that goes with them, and replays them.
 */
public final class ReplayBench {

  /** Orders older than their notices' time to pay, and younger than any retention. */
  private static final Duration AGO = Duration.ofDays(30);

  private final long inputs;
  private final int runs;
  private final int threads;
  private final Path directory;
  private final @Nullable Path kept;
  private final Clock clock;
  private final Bench.Console console;

  /**
   * A bench.
   *
   * @param inputs records of order-inputs, at least
   * @param runs how often they are replayed
   * @param threads partitions side by side
   * @param directory for a new one, which is deleted afterwards
   * @param kept where the filled topics are kept instead, and taken from if they are there
   */
  public ReplayBench(
      long inputs,
      int runs,
      int threads,
      Path directory,
      @Nullable Path kept,
      Clock clock,
      Bench.Console console) {
    this.inputs = inputs;
    this.runs = runs;
    this.threads = threads;
    this.directory = directory;
    this.kept = kept;
    this.clock = clock;
    this.console = console;
  }

  /**
   * One replay.
   *
   * @param perSecond inputs folded and compared
   * @param heapMib the most that the heap held
   * @param coreMicros of this process and the broker together, for an input
   */
  public record Run(ReplayReport report, long perSecond, long heapMib, BigDecimal coreMicros) {}

  /** Fills where that is not done yet, and replays. */
  public List<Run> run() throws IOException {
    FilledMark mark = kept == null ? null : FilledMark.in(kept);
    try (Stack stack = kept == null ? Stack.in(directory) : Stack.keptIn(kept)) {
      String kafka = stack.startBroker();
      if (mark == null || !mark.isThere()) {
        fillAll(kafka);
        if (mark != null) {
          mark.put(inputs);
        }
      }
      ProcessHandle broker = stack.process("broker");
      List<Run> done = new ArrayList<>();
      for (int i = 0; i < runs; i++) {
        Run run = replay(kafka, broker);
        done.add(run);
        console.say(
            String.format(
                "run %d: %,d inputs and %,d notifications and commands in %,d ms: %,d inputs a"
                    + " second, %s us of a core each, heap at most %,d MiB, %s",
                i + 1,
                run.report().inputs(),
                run.report().notifications(),
                run.report().elapsedMs(),
                run.perSecond(),
                run.coreMicros(),
                run.heapMib(),
                run.report().outcome()));
      }
      return done;
    }
  }

  private void fillAll(String kafka) {
    Stack.doNotFlush(kafka);
    try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka))) {
      OurTimes.takenBy(admin);
    }
    long began = System.nanoTime();
    long written = fill(kafka);
    console.say(
        String.format(
            "%,d inputs and what goes with them are written, in %,d s",
            written, (System.nanoTime() - began) / 1_000_000_000));
  }

  private long fill(String kafka) {
    Instant start = clock.instant().minus(AGO);
    List<CompletableFuture<Long>> writers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      int first = i;
      writers.add(
          CompletableFuture.supplyAsync(
              () -> ReplayTraffic.write(kafka, inputs / 2, first, 2, start)));
    }
    return writers.stream().mapToLong(CompletableFuture::join).sum();
  }

  private Run replay(String kafka, ProcessHandle broker) {
    List<MemoryPoolMXBean> heap =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();
    heap.forEach(MemoryPoolMXBean::resetPeakUsage);
    long coreBefore = coreNanos(ProcessHandle.current()) + coreNanos(broker);
    ReplayReport report =
        Replay.run(
            new ReplayConfig(kafka, "nobody", null, Duration.ZERO, threads),
            ReplayRange.ALL,
            new Tally());
    long core = coreNanos(ProcessHandle.current()) + coreNanos(broker) - coreBefore;
    ReplayTable.lines(report).stream()
        .filter(line -> !report.outcome().equals(ReplayReport.Outcome.SAME))
        .limit(40)
        .forEach(console::say);
    long peak = heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() >> 20;
    return new Run(
        report,
        ReplayTable.perSecond(report),
        peak,
        BigDecimal.valueOf(core, 3)
            .divide(BigDecimal.valueOf(Math.max(1, report.inputs())), 1, RoundingMode.HALF_UP));
  }

  private static long coreNanos(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }
}
