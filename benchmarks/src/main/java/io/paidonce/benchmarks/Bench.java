package io.paidonce.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.paidonce.benchmarks.load.LoadResult;
import io.paidonce.benchmarks.load.PaidResult;
import io.paidonce.benchmarks.load.Phase;
import io.paidonce.benchmarks.load.Task;
import io.paidonce.benchmarks.process.ChildJvm;
import io.paidonce.benchmarks.stack.CpuTimes;
import io.paidonce.benchmarks.stack.HotMethods;
import io.paidonce.benchmarks.stack.ReadStore;
import io.paidonce.benchmarks.stack.Stack;
import io.paidonce.contract.OrderStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** One run: warm-up, saturating phase, constant rate. */
public final class Bench {

  private static final int CONNECTIONS = 64;
  // More than can be under way at once unless something is wrong: a request then waits for none.
  private static final int CONNECTIONS_AT_CONSTANT_RATE = 256;
  private static final int DRAIN_SECONDS = 60;
  private static final int WARM_UP_PER_SECOND = 4_000;
  private static final int LEAST_PER_SECOND = 1_000;
  private static final int MOST_CALLBACKS = 2_000_000;
  private static final long SEED = 20_261_121;
  private static final long STALLED_NANOS = 60_000_000_000L;
  private static final long SHOW_EVERY_NANOS = 5_000_000_000L;
  private static final long LOOK_EVERY_NANOS = 100_000_000;

  private final BenchSettings settings;
  private final Clock clock;
  private final Console console;
  private final ObjectMapper json = new ObjectMapper();

  public Bench(BenchSettings settings, Clock clock, Console console) {
    this.settings = settings;
    this.clock = clock;
    this.console = console;
  }

  /** Where progress goes. */
  @FunctionalInterface
  public interface Console {
    void say(String line);
  }

  /** Returns what was found; everything is stopped and deleted then. */
  public BenchResult run() throws IOException, SQLException {
    Machine machine = Machine.here();
    console.say("Machine: " + machine);
    console.say("Starting PostgreSQL, broker, services and load generator");
    try (Stack stack = Stack.in(settings.directory())) {
      Stack.Parts parts = stack.start(settings.flush(), SEED, settings.javaOptions());
      try (ReadStore store = new ReadStore(parts.jdbcUrl())) {
        return new Phases(stack, parts, store).run(machine);
      }
    }
  }

  /** The phases on a stack that runs. */
  private final class Phases {

    private final Stack stack;
    private final String kafka;
    private final ChildJvm services;
    private final ChildJvm generator;
    private final ReadStore store;

    Phases(Stack stack, Stack.Parts parts, ReadStore store) {
      this.stack = stack;
      this.kafka = parts.kafka();
      this.services = parts.services();
      this.generator = parts.generator();
      this.store = store;
    }

    BenchResult run(Machine machine) throws IOException, SQLException {
      int seconds = settings.seconds();
      int repeated = settings.repeatedPerMille();

      prepare(
          Phase.WARM_UP, settings.warmUpSeconds() * WARM_UP_PER_SECOND, settings.warmUpSeconds());
      Drained warmUp = closedLoop(Phase.WARM_UP, settings.warmUpSeconds(), repeated);

      prepare(Phase.SATURATION, estimate(warmUp.load()), seconds);
      if (settings.profile()) {
        HotMethods.start(services);
      }
      CpuTimes before = cpuTimes();
      Drained saturation = closedLoop(Phase.SATURATION, seconds, repeated);
      CpuTimes used = cpuTimes().since(before);
      List<String> hot = settings.profile() ? stopSampling() : List.of();

      prepare(Phase.LATENCY, settings.rate() * seconds, seconds);
      Drained constant = constantRate(seconds, repeated);

      long leftBehind = warmUp.leftBehind() + saturation.leftBehind() + constant.leftBehind();
      Figures figures = Figures.of(saturation, constant.load(), constant.paid(), leftBehind);
      return new BenchResult(
          settings, machine, clock.instant(), figures, warmUp, saturation, constant, used, hot);
    }

    private List<String> stopSampling() throws IOException {
      Files.createDirectories(settings.report());
      return HotMethods.stop(services, settings.report().resolve("services.jfr"));
    }

    private CpuTimes cpuTimes() {
      return CpuTimes.now(stack.processes(), services.handle());
    }

    private void prepare(Phase phase, int count, int seconds) throws SQLException {
      long millis = ask(Task.sign(phase, count, seconds), Long.class);
      console.say(phase.title() + ": " + count + " callbacks signed in " + millis + " ms");
      Instant began = clock.instant();
      new OrderImport(kafka, clock).place(phase, count);
      awaitPlaced(phase, count);
      console.say(
          phase.title()
              + ": "
              + count
              + " orders placed in "
              + began.until(clock.instant(), ChronoUnit.MILLIS)
              + " ms");
    }

    private void awaitPlaced(Phase phase, int count) throws SQLException {
      long grewAt = System.nanoTime();
      long shownAt = grewAt;
      long known = 0;
      while (known < count) {
        LockSupport.parkNanos(3 * LOOK_EVERY_NANOS);
        long before = known;
        known = store.count(phase, OrderStatus.PENDING);
        long now = System.nanoTime();
        grewAt = known > before ? now : grewAt;
        if (now - grewAt > STALLED_NANOS) {
          throw new IllegalStateException(
              "only " + known + " of " + count + " orders are known, and no more for 60 s");
        }
        if (now - shownAt > SHOW_EVERY_NANOS) {
          shownAt = now;
          console.say(phase.title() + ": " + known + " of " + count + " orders placed");
        }
      }
    }

    private int estimate(LoadResult warmUp) {
      long perSecond =
          Figures.perSecond(warmUp.requests() - warmUp.repeated(), warmUp.tookMicros()).longValue();
      long wanted = Math.max(LEAST_PER_SECOND, perSecond * 3 / 2) * settings.seconds();
      return (int) Math.min(MOST_CALLBACKS, wanted);
    }

    private Drained closedLoop(Phase phase, int seconds, int repeated) throws SQLException {
      console.say(phase.title() + ": " + seconds + " s on " + CONNECTIONS + " connections");
      return drained(phase, Task.closed(phase, CONNECTIONS, seconds, repeated));
    }

    private Drained constantRate(int seconds, int repeated) throws SQLException {
      console.say(
          Phase.LATENCY.title() + ": " + seconds + " s at " + settings.rate() + " a second");
      return drained(
          Phase.LATENCY,
          Task.constant(
              Phase.LATENCY, CONNECTIONS_AT_CONSTANT_RATE, seconds, repeated, settings.rate()));
    }

    private Drained drained(Phase phase, Task task) throws SQLException {
      LoadResult load = ask(task, LoadResult.class);
      if (load.ranOut()) {
        console.say(phase.title() + ": ended early, no signed callback was left");
      }
      console.say(
          phase.title()
              + ": "
              + load.successes()
              + " acknowledged, "
              + Figures.perSecond(load.successes(), load.tookMicros())
              + " a second; failed "
              + load.failures());
      long deadline = System.nanoTime() + DRAIN_SECONDS * 1_000_000_000L;
      PaidResult paid = ask(Task.await(phase, DRAIN_SECONDS), PaidResult.class);
      int acknowledged = load.acknowledged().cardinality();
      while (store.count(phase, OrderStatus.PAID) < acknowledged
          && System.nanoTime() - deadline < 0) {
        LockSupport.parkNanos(LOOK_EVERY_NANOS);
      }
      long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
      Drained drained = Drained.of(load, paid, store.paid(phase), now);
      console.say(
          phase.title()
              + ": "
              + drained.projected()
              + " paid and projected, "
              + Figures.perSecond(drained.projected(), drained.tookMicros())
              + " a second; left behind "
              + drained.leftBehind());
      return drained;
    }

    private <T> T ask(Task task, Class<T> answer) {
      try {
        return json.readValue(generator.ask(json.writeValueAsString(task)), answer);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("the generator's answer can't be read", e);
      }
    }
  }
}
