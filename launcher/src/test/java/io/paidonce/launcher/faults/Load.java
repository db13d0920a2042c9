package io.paidonce.launcher.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.simulator.Journal;
import io.paidonce.simulator.KafkaOrderPlacer;
import io.paidonce.simulator.Plan;
import io.paidonce.simulator.Simulation;
import io.paidonce.simulator.SimulationResult;
import io.paidonce.simulator.SimulationSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Providers and an order service at work, in the background, until every notice is delivered. */
final class Load {

  // Patience as WeChat's. A day of retries takes two minutes, so that none gives up while
  // something is away.
  private static final SimulationSettings SETTINGS =
      new SimulationSettings(64, Duration.ofSeconds(5), 700);

  private final long startedAt = System.nanoTime();
  private final long mark;
  private final ProcessLog journal;
  private final CompletableFuture<List<SimulationResult>> result;

  private Load(ProcessLog journal, long mark, CompletableFuture<List<SimulationResult>> result) {
    this.journal = journal;
    this.mark = mark;
    this.result = result;
  }

  /** Plays the plan at each of the gateways. */
  static Load start(String bootstrapServers, Path journal, Plan plan, List<URI> gateways) {
    ProcessLog written = new ProcessLog(journal);
    long mark = written.mark();
    CompletableFuture<List<SimulationResult>> result =
        CompletableFuture.supplyAsync(
            () -> play(bootstrapServers, journal, plan, gateways), task -> daemon(task).start());
    return new Load(written, mark, result);
  }

  private static List<SimulationResult> play(
      String bootstrapServers, Path path, Plan plan, List<URI> gateways) {
    ExecutorService lines = Executors.newFixedThreadPool(gateways.size(), Load::daemon);
    try (KafkaOrderPlacer placer = KafkaOrderPlacer.connect(bootstrapServers);
        Journal journal = Journal.open(path)) {
      Simulation simulation = new Simulation(placer, Clock.systemUTC(), SETTINGS);
      List<CompletableFuture<SimulationResult>> played =
          gateways.stream()
              .map(
                  gateway ->
                      CompletableFuture.supplyAsync(
                          () -> run(simulation, plan, gateway, journal), lines))
              .toList();
      return played.stream().map(CompletableFuture::join).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lines.shutdownNow();
    }
  }

  private static SimulationResult run(
      Simulation simulation, Plan plan, URI gateway, Journal journal) {
    try {
      return simulation.run(plan, gateway, journal, progress -> {});
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped", e);
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "load");
    thread.setDaemon(true);
    return thread;
  }

  /** Waits until the load has played this long. */
  Load at(Duration sinceStart) {
    Await.moment(startedAt + sinceStart.toNanos());
    assertThat(result).as("load under way").isNotDone();
    return this;
  }

  Duration played() {
    return Duration.ofNanos(System.nanoTime() - startedAt);
  }

  /** Of the callbacks sent before a moment, those that never got an answer. */
  long unansweredBefore(Instant moment) {
    return JournalTail.unansweredBefore(journal, mark, moment);
  }

  /** What the providers have seen of this load so far. */
  JournalTail seen() {
    return JournalTail.since(journal, mark);
  }

  /** Waits until every notice was acknowledged, however often that took. */
  JournalTail finish() {
    return finish(Duration.ofMinutes(3));
  }

  /** As {@link #finish()}, for a load that may take longer. */
  JournalTail finish(Duration within) {
    List<SimulationResult> results;
    try {
      results = result.get(within.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("the load did not come to its end", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    assertThat(results).allMatch(r -> r.gaveUp() == 0 && r.unexpected() == 0);
    return seen();
  }
}
