package io.paidonce.launcher;

import io.paidonce.contract.OrderKey;
import io.paidonce.launcher.config.ConfigFile;
import io.paidonce.launcher.console.Progress;
import io.paidonce.reconciler.diff.Build;
import io.paidonce.reconciler.diff.BuildDiff;
import io.paidonce.reconciler.diff.ChildBuild;
import io.paidonce.reconciler.diff.DiffJson;
import io.paidonce.reconciler.diff.DiffReport;
import io.paidonce.reconciler.diff.DiffTable;
import io.paidonce.reconciler.diff.KeptHistories;
import io.paidonce.reconciler.diff.KeptTraffic;
import io.paidonce.reconciler.diff.TopicTraffic;
import io.paidonce.reconciler.diff.Traffic;
import io.paidonce.reconciler.diff.TrafficFile;
import io.paidonce.reconciler.replay.BrokerLog;
import io.paidonce.reconciler.replay.Log;
import io.paidonce.reconciler.replay.ReplayConfig;
import io.paidonce.reconciler.replay.ReplayRange;
import io.paidonce.reconciler.replay.Tally;
import io.paidonce.reconciler.replay.UntellableException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Folds the same traffic through two builds and compares; also keeps traffic for it. */
@Command(
    name = "diff",
    description = {
      "Folds the same traffic through this build and another one, and names every order whose"
          + " history would differ, with the first record and the fields: the gate before a"
          + " deployment. Changes nothing: reads topics, or a file that --keep made of them.",
      "Exit code 0: no difference. 1: differences. 2: it could not be told."
    },
    mixinStandardHelpOptions = true)
final class DiffCommand implements Callable<Integer> {

  private static final int KEY_BYTES = 32;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before it calls
  private CommandSpec spec;

  @Mixin private final ConfigOption config = new ConfigOption();

  @ArgGroup(multiplicity = "1")
  @SuppressWarnings("NullAway.Init") // picocli refuses a command line without one
  private Purpose purpose;

  /** What is to be done with the traffic. */
  static final class Purpose {
    @Option(
        names = "--with",
        paramLabel = "BUILD",
        description =
            "The other build: a distribution's folder, a built checkout, a launcher.jar, or a file"
                + " that --histories wrote.")
    private @Nullable Path with;

    @Option(
        names = "--keep",
        paramLabel = "FILE",
        description = "Compare nothing: keep part of the traffic in a file, ids renamed.")
    private @Nullable Path keep;

    @Option(
        names = "--histories",
        paramLabel = "FILE",
        description = "Compare nothing: write what this build makes of the traffic.")
    private @Nullable Path histories;
  }

  @Option(
      names = "--traffic",
      paramLabel = "FILE",
      description = "Traffic that --keep kept. Default: the topics.")
  private @Nullable Path traffic;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = SinceConverter.class,
      description =
          "Compare what topics took since then: 90m, 12h, 7d, or an instant. Default: all.")
  private @Nullable Instant from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = SinceConverter.class,
      description = "And before then. Default: all that is written when it begins.")
  private @Nullable Instant to;

  @Option(names = "--shop", description = "Only the orders of this shop.")
  private @Nullable String shop;

  @Option(
      names = "--order",
      paramLabel = "SHOP:ORDER_NO",
      converter = OrderKeyConverter.class,
      description = "Only this order.")
  private @Nullable OrderKey order;

  @Option(
      names = "--orders",
      paramLabel = "N",
      defaultValue = "1000",
      description = "With --keep, how many orders of each partition. Default: ${DEFAULT-VALUE}.")
  private int orders;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description =
          "With --keep, the key of the pseudonyms, 16 bytes or more: the same key gives the same"
              + " names. Default: a key that nobody keeps.")
  private @Nullable Path key;

  @Option(names = "--json", description = "Print one JSON object instead of a table.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    try {
      if (traffic != null) {
        requireNoRange();
        return run(new TrafficFile(traffic));
      }
      try (Log log = log()) {
        return run(new TopicTraffic(log, new ReplayRange(from, to, shop, order)));
      }
    } catch (UntellableException e) {
      spec.commandLine().getErr().println("paidonce: " + e.getMessage());
      return Launcher.MISUSED;
    }
  }

  private void requireNoRange() {
    if (from != null || to != null || shop != null || order != null) {
      throw new IllegalArgumentException(
          "--from, --to, --shop and --order choose from topics; a file of traffic is taken whole");
    }
  }

  private Log log() {
    ConfigFile file = config.read();
    Optional<ReplayConfig> replay = file.replay(Duration.ZERO, 1);
    file.requireSound();
    return BrokerLog.of(
        replay.orElseThrow().bootstrapServers(), replay.orElseThrow().streamsGroup());
  }

  private int run(Traffic of) throws IOException {
    if (purpose.keep != null) {
      return keep(of, purpose.keep);
    } else if (purpose.histories != null) {
      say(String.format("%,d records folded", KeptHistories.write(of, purpose.histories)));
      return 0;
    }
    return compare(of, other(Objects.requireNonNull(purpose.with)));
  }

  private static Build other(Path with) throws IOException {
    return Files.isRegularFile(with) && !with.toString().endsWith(".jar")
        ? KeptHistories.open(with)
        : ChildBuild.start(with);
  }

  private int compare(Traffic of, Build other) {
    Tally tally = new Tally();
    TallyProgress progress = TallyProgress.show(tally, Progress.onStandardError());
    DiffReport report;
    try {
      report = BuildDiff.run(of, other, tally);
    } finally {
      progress.close();
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(DiffJson.of(report));
    } else {
      DiffTable.lines(report).forEach(out::println);
    }
    out.flush();
    return report.isSame() ? 0 : Launcher.FAILED;
  }

  private int keep(Traffic of, Path file) throws IOException {
    new TrafficFile(file)
        .write(new KeptTraffic(of, orders, key()), new Tally())
        .forEach((note, count) -> say(String.format("%,d %s", count, note)));
    return 0;
  }

  private byte[] key() throws IOException {
    if (key != null) {
      return Files.readAllBytes(key);
    }
    byte[] bytes = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
