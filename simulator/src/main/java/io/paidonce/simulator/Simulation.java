package io.paidonce.simulator;

import io.paidonce.contract.OrderCommand;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Plays a plan: each step at its time, each notice by its provider's retry plan. */
public final class Simulation {

  private static final long PROGRESS_EVERY_MS = 200;

  private final OrderPlacer placer;
  private final Clock clock;
  private final SimulationSettings settings;

  public Simulation(OrderPlacer placer, Clock clock, SimulationSettings settings) {
    this.placer = placer;
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * Returns when every step is done, retries included.
   *
   * @param gateway where the gateway listens, such as {@code http://localhost:8080}
   * @throws IllegalStateException if the journal can't be written or the plan can't be played
   * @throws InterruptedException if stopped before the end; what was sent is in the journal
   */
  public SimulationResult run(Plan plan, URI gateway, Journal journal, Progress.Listener listener)
      throws InterruptedException {
    Run run = new Run(new ProviderLine(gateway, settings.patience()), journal);
    ScheduledExecutorService reporter = Executors.newSingleThreadScheduledExecutor();
    try {
      Future<?> unused =
          reporter.scheduleAtFixedRate(
              () -> listener.progress(run.progress()),
              PROGRESS_EVERY_MS,
              PROGRESS_EVERY_MS,
              TimeUnit.MILLISECONDS);
      run.play(plan);
    } finally {
      run.threads.shutdownNow();
      reporter.shutdown();
      if (!reporter.awaitTermination(1, TimeUnit.SECONDS)) {
        reporter.shutdownNow();
      }
    }
    listener.progress(run.progress());
    return run.tally.result();
  }

  private final class Run {
    private final ScheduledThreadPoolExecutor threads =
        new ScheduledThreadPoolExecutor(settings.concurrency());
    private final Tally tally = new Tally();
    private final AtomicLong outstanding = new AtomicLong();
    private final CompletableFuture<Void> finished = new CompletableFuture<>();
    private final ProviderLine line;
    private final Journal journal;

    Run(ProviderLine line, Journal journal) {
      this.line = line;
      this.journal = journal;
    }

    Progress progress() {
      return new Progress(tally.result(), outstanding.get());
    }

    void play(Plan plan) throws InterruptedException {
      // The plan itself counts as one, so that no early step can end it.
      outstanding.incrementAndGet();
      for (Step step : plan.steps()) {
        if (step instanceof Step.Ask ask) {
          later(step.at(), () -> submit(ask.command()));
        } else if (step instanceof Step.Deliver delivery) {
          later(step.at(), () -> attempt(delivery, delivery.disguise(), 0));
        }
      }
      done();
      try {
        finished.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("the plan can't be played to its end", e.getCause());
      }
    }

    private void later(Duration delay, Runnable action) {
      outstanding.incrementAndGet();
      try {
        Future<?> unused =
            threads.schedule(() -> guarded(action), delay.toNanos(), TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException e) {
        // Stopped meanwhile; whoever stopped it knows why.
        finished.completeExceptionally(e);
      }
    }

    // A step that fails by a fault of ours or of the disk ends the run instead of hanging it.
    private void guarded(Runnable action) {
      try {
        action.run();
      } catch (RuntimeException | Error e) {
        finished.completeExceptionally(e);
      }
    }

    private void done() {
      if (outstanding.decrementAndGet() == 0) {
        finished.complete(null);
      }
    }

    private void submit(OrderCommand command) {
      placer
          .submit(command)
          .whenComplete(
              (stored, failure) -> {
                if (failure == null) {
                  tally.stored(command.kind());
                } else {
                  tally.unconfirmed();
                }
                done();
              });
    }

    private void attempt(Step.Deliver delivery, Disguise disguise, int retries) {
      Instant sentAt = clock.instant();
      Attempt attempt =
          new Attempt(
              UUID.randomUUID(),
              sentAt,
              delivery,
              disguise,
              Tampering.sign(delivery.account(), delivery.notice(), disguise, sentAt));
      journal.invoke(attempt);
      tally.sent();
      ProviderLine.Answer answer = line.send(delivery.account(), attempt.callback());
      journal.outcome(attempt.id(), answer.outcome(), clock.instant(), answer.status());
      tally.answered(disguise, answer.outcome());
      if (isTriedAgain(disguise, answer.outcome())) {
        retry(delivery, retries);
      }
      done();
    }

    // A forger does not come back; after a probe the provider sends the right one.
    private boolean isTriedAgain(Disguise disguise, Outcome outcome) {
      return switch (disguise) {
        case NONE -> outcome != Outcome.OK;
        case PROBE -> true;
        case FLIPPED_BYTE, ALTERED_AMOUNT -> false;
      };
    }

    private void retry(Step.Deliver delivery, int retries) {
      List<Duration> delays = delivery.account().dialect().retryDelays();
      if (retries == delays.size()) {
        tally.gaveUp();
      } else {
        later(
            settings.compressed(delays.get(retries)),
            () -> attempt(delivery, Disguise.NONE, retries + 1));
      }
    }
  }
}
