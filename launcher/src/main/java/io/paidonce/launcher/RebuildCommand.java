package io.paidonce.launcher;

import io.paidonce.launcher.config.ConfigFile;
import io.paidonce.launcher.console.Progress;
import io.paidonce.projector.ProjectorConfig;
import io.paidonce.projector.RebuildMain;
import io.paidonce.projector.RebuildSteps;
import io.paidonce.projector.Rebuilt;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Builds the read store anew while the old one serves. */
@Command(
    name = "rebuild",
    description = {
      "Builds the read store anew from the topics, in a schema of its own, while the old one goes on"
          + " serving; when it has caught up and holds no fewer rows, it takes the old one's place.",
      "Interrupted, it goes on where it was when run again. The old read store is kept until"
          + " --drop-old. Needs the disk for both."
    },
    mixinStandardHelpOptions = true)
final class RebuildCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before it calls
  private CommandSpec spec;

  @Mixin private final ConfigOption config = new ConfigOption();

  @ArgGroup private Instead instead = new Instead();

  /** What is done instead of a rebuild. */
  static final class Instead {

    @Option(
        names = "--accept-fewer",
        description =
            "Switch even where the topics no longer hold everything that the read store does.")
    private boolean acceptFewer;

    @Option(names = "--drop", description = "Only drop what an interrupted rebuild has left.")
    private boolean drop;

    @Option(
        names = "--drop-old",
        description = "Only drop the read store from before the last rebuild.")
    private boolean dropOld;
  }

  @Override
  public Integer call() {
    ConfigFile file = config.read();
    Optional<ProjectorConfig> projector = file.projector();
    file.requireSound();
    PrintWriter out = spec.commandLine().getOut();
    if (instead.drop) {
      out.println(
          RebuildMain.dropUnfinished(projector.orElseThrow())
              ? "dropped what an interrupted rebuild had left"
              : "no interrupted rebuild is there");
      return 0;
    }
    if (instead.dropOld) {
      out.println(
          RebuildMain.dropOld(projector.orElseThrow())
              ? "dropped the read store from before the last rebuild"
              : "no read store from before a rebuild is there");
      return 0;
    }
    Progress progress = Progress.onStandardError();
    Rebuilt rebuilt =
        RebuildMain.run(
            projector.orElseThrow(),
            instead.acceptFewer ? RebuildMain.Forgotten.ACCEPT : RebuildMain.Forgotten.REFUSE,
            steps(progress));
    progress.done();
    out.println(
        String.format(
            Locale.ROOT,
            "rebuilt %,d orders in %s; the read store from before is kept in the schema %s until"
                + " paidonce rebuild --drop-old",
            rebuilt.orders(),
            text(rebuilt.took()),
            rebuilt.kept()));
    return 0;
  }

  private static RebuildSteps steps(Progress progress) {
    return new RebuildSteps() {
      private long shownAt = System.nanoTime();

      @Override
      public void say(String sentence) {
        progress.done();
        progress.show("rebuild: " + sentence);
        progress.done();
      }

      @Override
      public void applied(long records, long of, long perSecond) {
        // In a file each line stays.
        if (progress.isTerminal()
            || System.nanoTime() - shownAt > Duration.ofSeconds(10).toNanos()) {
          shownAt = System.nanoTime();
          progress.show(line(records, of, perSecond));
        }
      }
    };
  }

  /** Twenty marks, how many of how many, how fast, how long still. */
  static String line(long records, long of, long perSecond) {
    long percent = of == 0 ? 100 : Math.min(100, records * 100 / of);
    int marks = (int) (percent / 5);
    String left =
        perSecond <= 0 ? "" : ", " + text(Duration.ofSeconds((of - records) / perSecond)) + " left";
    return String.format(
        Locale.ROOT,
        "rebuild: [%s%s] %d %%, %,d of %,d records, %,d a second%s",
        "#".repeat(marks),
        ".".repeat(20 - marks),
        percent,
        records,
        of,
        perSecond,
        left);
  }

  private static String text(Duration time) {
    long seconds = time.toSeconds();
    return seconds < 2 * 60 ? seconds + " s" : seconds / 60 + " min";
  }
}
