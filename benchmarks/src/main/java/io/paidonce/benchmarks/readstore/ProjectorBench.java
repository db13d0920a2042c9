package io.paidonce.benchmarks.readstore;

import io.paidonce.benchmarks.Bench;
import io.paidonce.benchmarks.Machine;
import io.paidonce.benchmarks.load.Phase;
import io.paidonce.benchmarks.process.ChildJvm;
import io.paidonce.benchmarks.stack.CpuTimes;
import io.paidonce.benchmarks.stack.HotMethods;
import io.paidonce.benchmarks.stack.ServicesMain;
import io.paidonce.benchmarks.stack.Stack;
import io.paidonce.projector.RebuildMain;
import io.paidonce.projector.RebuildSteps;
import io.paidonce.projector.Rebuilt;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * One run: topics filled with what the services would have written, then a projector that begins
 * with an empty read store and is watched until all is in PostgreSQL.
 */
public final class ProjectorBench {

  private static final long SECOND_NANOS = 1_000_000_000;

  private final ProjectorSettings settings;
  private final Clock clock;
  private final Bench.Console console;

  public ProjectorBench(ProjectorSettings settings, Clock clock, Bench.Console console) {
    this.settings = settings;
    this.clock = clock;
    this.console = console;
  }

  /** Returns what was found; everything is stopped and deleted then. */
  public ProjectorResult run() throws IOException, SQLException {
    Machine machine = Machine.here();
    console.say("Machine: " + machine);
    try (Stack stack = Stack.in(settings.directory())) {
      String kafka = stack.startBroker();
      // While it starts, the broker's partitions get ready.
      String jdbcUrl = stack.startPostgres();
      fill(kafka);
      ChildJvm projector =
          stack
              .startProjector(kafka, jdbcUrl, settings.writers(), settings.javaOptions())
              .process();
      try (StoredRows stored = new StoredRows(jdbcUrl)) {
        ProjectorResult result = watch(machine, stack, projector, stored);
        return settings.rebuild() ? result.with(rebuild(kafka, jdbcUrl)) : result;
      }
    }
  }

  private void fill(String kafka) {
    console.say("Filling the topics with the life of " + settings.orders() + " orders");
    fill(kafka, settings.orders(), settings.everything(), clock.instant());
  }

  /** The topics as shipped, full of orders' lives. */
  static void fill(String kafka, int orders, boolean everything, Instant first) {
    Stack.doNotFlush(kafka);
    try (TopicFill fill = new TopicFill(kafka, 20)) {
      new LifeOfOrders(Phase.SATURATION, first, LifeOfOrders.APART, everything, fill::send)
          .live(orders);
    }
    Stack.applyTopics(kafka);
  }

  private ProjectorResult watch(Machine machine, Stack stack, ChildJvm projector, StoredRows stored)
      throws IOException, SQLException {
    long all = LifeOfOrders.updatesOf(settings.orders());
    console.say("Warming up with " + settings.warmUp() + " of " + all + " order updates");
    long began = System.nanoTime();
    long warmedUp = stored.awaitUpdates(updates -> updates >= settings.warmUp());
    if (settings.profile()) {
      HotMethods.start(projector);
    }
    console.say("Watching, from " + warmedUp + " on");
    long first = stored.updates();
    long firstRecords = stored.records();
    CpuTimes before = CpuTimes.now(stack.processes(), projector.handle());
    long start = System.nanoTime();
    long end = start + settings.seconds() * SECOND_NANOS;
    long last = stored.awaitUpdates(updates -> updates >= all || System.nanoTime() - end > 0);
    long nanos = System.nanoTime() - start;
    CpuTimes used = CpuTimes.now(stack.processes(), projector.handle()).since(before);
    long records = stored.records() - firstRecords;
    List<String> hot =
        settings.profile()
            ? HotMethods.stop(projector, settings.directory().resolve("projector.jfr"))
            : List.of();
    boolean complete = last < all || isComplete(stored, all);
    return new ProjectorResult(
        settings,
        machine,
        last - first,
        records,
        nanos,
        last < all ? 0 : System.nanoTime() - began,
        used,
        complete,
        null,
        hot);
  }

  private Rebuilt rebuild(String kafka, String jdbcUrl) {
    console.say("Rebuilding, while the projector and its read store stand by");
    return RebuildMain.run(
        ServicesMain.projector(kafka, jdbcUrl, 1),
        RebuildMain.Forgotten.REFUSE,
        new RebuildSteps() {
          @Override
          public void say(String sentence) {
            console.say(sentence);
          }

          @Override
          public void applied(long records, long of, long perSecond) {
            // The result says how long it took.
          }
        });
  }

  private boolean isComplete(StoredRows stored, long all) throws SQLException {
    return stored.count("orders") == settings.orders()
        && stored.count("order_transitions") == all
        && stored.count("order_paid") == settings.orders()
        && stored.count("projection_refusals") == 0;
  }
}
