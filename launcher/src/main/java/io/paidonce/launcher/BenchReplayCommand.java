package io.paidonce.launcher;

import io.paidonce.launcher.bench.ReplayBench;
import io.paidonce.launcher.bench.ReplayBench.Run;
import io.paidonce.reconciler.replay.ReplayReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a replay. */
@Command(
    name = "replay",
    description = {
      "How many inputs a second are folded again and compared, with the broker on this machine.",
      "Makes the topics of a new broker full of orders that were placed and paid, a quarter shipped"
          + " and completed, a tenth refunded, and replays them. The last line is one JSON object;"
          + " exit code 0 only if nothing differs."
    },
    mixinStandardHelpOptions = true)
final class BenchReplayCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before it calls
  private CommandSpec spec;

  @Option(
      names = "--inputs",
      paramLabel = "N",
      defaultValue = "200000",
      description =
          "Records of order-inputs, at least; 3.5 times as many are written, some 150 bytes each"
              + " on disk. Default: ${DEFAULT-VALUE}.")
  private long inputs;

  @Option(
      names = "--runs",
      defaultValue = "3",
      description =
          "How often they are replayed; 0 with --keep only fills. Default: ${DEFAULT-VALUE}.")
  private int runs;

  @Option(
      names = "--threads",
      description = "Partitions that are folded side by side. Default: one for each core.")
  private @Nullable Integer threads;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description =
          "Keep the filled topics there; if they are there already, replay those. So filling and"
              + " replaying can be two runs. Without it they are deleted afterwards.")
  private @Nullable Path keep;

  @Override
  public Integer call() throws Exception {
    if (inputs < 1 || runs < (keep == null ? 1 : 0)) {
      throw new IllegalArgumentException("--inputs and --runs must be 1 or more");
    }
    if (threads != null && threads < 1) {
      throw new IllegalArgumentException("--threads must be 1 or more");
    }
    PrintWriter out = spec.commandLine().getOut();
    List<Run> done =
        new ReplayBench(
                inputs,
                runs,
                threads == null ? Runtime.getRuntime().availableProcessors() : threads,
                Home.find().bench(),
                keep,
                Clock.systemUTC(),
                line -> BenchCommand.say(out, line))
            .run();
    if (!done.isEmpty()) {
      BenchCommand.say(out, lastLine(done));
    }
    return done.stream().allMatch(run -> run.report().outcome() == ReplayReport.Outcome.SAME)
        ? 0
        : Launcher.FAILED;
  }

  private static String lastLine(List<Run> runs) {
    return String.format(
        "{\"inputs\":%d,\"perSecond\":%s,\"heapMib\":%d}",
        runs.get(0).report().inputs(),
        runs.stream().map(Run::perSecond).sorted().toList(),
        runs.stream().mapToLong(Run::heapMib).max().orElse(0));
  }
}
