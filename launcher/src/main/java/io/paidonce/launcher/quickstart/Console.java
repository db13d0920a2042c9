package io.paidonce.launcher.quickstart;

import io.paidonce.launcher.console.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** What a quickstart tells the person in front of it. */
public final class Console {

  private static final long QUIET_MS = 2_000;

  private final PrintStream out;
  private final Progress progress;
  private long shownAtMs = -QUIET_MS;

  public Console(PrintStream out, boolean terminal) {
    this.out = out;
    this.progress = new Progress(out, terminal);
  }

  /** A line, or an empty one. */
  public void say(String line) {
    progress.done();
    out.println(line);
  }

  /** A step that took this long. */
  void took(String step, Duration duration) {
    say(
        String.format(
            Locale.ROOT,
            "  %-46s %3d.%d s",
            step,
            duration.toSeconds(),
            duration.toMillisPart() / 100));
  }

  /** A line that the next one replaces; where output goes to a file, one each two seconds. */
  synchronized void passing(String line) {
    long nowMs = System.nanoTime() / 1_000_000;
    if (progress.isTerminal() || nowMs - shownAtMs >= QUIET_MS) {
      shownAtMs = nowMs;
      progress.show("  " + line);
    }
  }
}
