package io.paidonce.benchmarks.readstore;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.paidonce.benchmarks.Bench;
import io.paidonce.benchmarks.Machine;
import io.paidonce.benchmarks.process.ChildJvm;
import io.paidonce.benchmarks.stack.CpuTimes;
import io.paidonce.benchmarks.stack.Stack;
import io.paidonce.benchmarks.stack.Stack.RunningProjector;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

/**
 * One run: a read store filled by the projector from topics with everything that services write,
 * then questions at a constant rate while the projector writes at another.
 */
public final class QueryBench {

  private static final long SEED = 20_261_122;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final QuerySettings settings;
  private final Clock clock;
  private final Bench.Console console;

  public QueryBench(QuerySettings settings, Clock clock, Bench.Console console) {
    this.settings = settings;
    this.clock = clock;
    this.console = console;
  }

  /** Returns what was found; everything is stopped and deleted then. */
  public QueryResult run() throws IOException, SQLException {
    Machine machine = Machine.here();
    console.say("Machine: " + machine);
    try (Stack stack = Stack.in(settings.directory())) {
      String kafka = stack.startBroker();
      // While it starts, the broker's partitions get ready.
      String jdbcUrl = stack.startPostgres();
      console.say("Filling the topics with the life of " + settings.orders() + " orders");
      ProjectorBench.fill(kafka, settings.orders(), true, clock.instant());
      RunningProjector projector = stack.startProjector(kafka, jdbcUrl, 1, settings.javaOptions());
      try (StoredRows stored = new StoredRows(jdbcUrl)) {
        long all = LifeOfOrders.updatesOf(settings.orders());
        console.say("Storing them");
        long unused = stored.awaitUpdates(updates -> updates >= all);
        stored.settle();
        return ask(machine, stack, kafka, projector, stored);
      }
    }
  }

  private QueryResult ask(
      Machine machine, Stack stack, String kafka, RunningProjector projector, StoredRows stored)
      throws IOException, SQLException {
    ChildJvm questions =
        stack.startAsker(
            "questions",
            QuestionsMain.class,
            List.of(Integer.toString(projector.apiPort()), Integer.toString(settings.orders())));
    try (Writes writes = new Writes(kafka, settings.writes(), clock.instant())) {
      console.say("Writing " + writes + "; warming up for " + settings.seconds() + " s");
      Questions.Asked warmedUp = ask(questions, SEED);
      console.say(
          "Asking for " + settings.seconds() + " s (" + warmedUp.failed() + " failed before)");
      long before = stored.updates();
      CpuTimes cpu = CpuTimes.now(stack.processes(), projector.process().handle());
      long start = System.nanoTime();
      Questions.Asked asked = ask(questions, SEED + 1);
      long nanos = System.nanoTime() - start;
      return new QueryResult(
          settings,
          machine,
          asked,
          (stored.updates() - before) * 1_000_000_000L / nanos,
          CpuTimes.now(stack.processes(), projector.process().handle()).since(cpu),
          nanos);
    }
  }

  private Questions.Asked ask(ChildJvm questions, long seed) throws IOException {
    Questions.Task phase = new Questions.Task(settings.rate(), settings.seconds(), seed);
    return JSON.readValue(questions.ask(JSON.writeValueAsString(phase)), Questions.Asked.class);
  }
}
