package io.paidonce.launcher;

import io.paidonce.launcher.console.Progress;
import io.paidonce.reconciler.replay.Tally;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Says on standard error how far a replay is, how fast it goes and how long it will take. */
final class TallyProgress implements AutoCloseable {

  private static final Duration ON_A_TERMINAL = Duration.ofMillis(500);
  private static final Duration IN_A_FILE = Duration.ofSeconds(10);

  private final Tally tally;
  private final Progress progress;
  private final long began = System.nanoTime();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "replay-progress");
            thread.setDaemon(true);
            return thread;
          });
  private final ScheduledFuture<?> ticking;

  private TallyProgress(Tally tally, Progress progress) {
    this.tally = tally;
    this.progress = progress;
    long every = (progress.isTerminal() ? ON_A_TERMINAL : IN_A_FILE).toMillis();
    this.ticking =
        timer.scheduleAtFixedRate(() -> progress.show(line()), every, every, TimeUnit.MILLISECONDS);
  }

  static TallyProgress show(Tally tally, Progress progress) {
    return new TallyProgress(tally, progress);
  }

  private String line() {
    return line(tally, Duration.ofNanos(System.nanoTime() - began));
  }

  static String line(Tally tally, Duration elapsed) {
    long read = tally.read();
    long most = tally.toRead();
    long perSecond = read * 1000 / Math.max(1, elapsed.toMillis());
    String left =
        perSecond == 0 ? "" : String.format(", at most %,d s left", (most - read) / perSecond);
    return String.format(
        "replay: %s, %,d of at most %,d records (%d %%), %,d a second%s",
        tally.step(), read, most, most == 0 ? 0 : read * 100 / most, perSecond, left);
  }

  @Override
  public void close() {
    ticking.cancel(false);
    timer.shutdownNow();
    progress.done();
  }
}
