package io.paidonce.launcher;

import io.paidonce.benchmarks.readstore.ProjectorBench;
import io.paidonce.benchmarks.readstore.ProjectorResult;
import io.paidonce.benchmarks.readstore.ProjectorSettings;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the projector beside its broker and its PostgreSQL. */
@Command(
    name = "projector",
    description = {
      "The projector alone, beside its broker and its PostgreSQL: order updates a second from"
          + " topics that are full already to committed rows, with fsync and synchronous_commit"
          + " on.",
      "The last line is one JSON object; exit code 0 only if the tables have every row."
    },
    mixinStandardHelpOptions = true)
final class BenchProjectorCommand implements Callable<Integer> {

  private static final int ORDERS = 500_000;
  private static final int QUICK = 2_000;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before it calls
  private CommandSpec spec;

  @Option(names = "--quick", description = "Only to see that it runs; its figures say little.")
  private boolean quick;

  @Option(
      names = "--orders",
      description =
          "How many are in the topics, each with two updates, every tenth with three. Default:"
              + " 500000, with --quick 2000.")
  private @Nullable Integer orders;

  @Option(
      names = "--seconds",
      defaultValue = "120",
      description = "Longest watch after the warm-up. Default: ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(
      names = "--writers",
      defaultValue = "1",
      description = "How many write in it side by side. Default: ${DEFAULT-VALUE}.")
  private int writers;

  @Option(
      names = "--everything",
      description =
          "Also what order services, gateway and intake write: commands, notifications, receipts."
              + " Otherwise the topics have what the ledger writes.")
  private boolean everything;

  @Option(
      names = "--rebuild",
      description =
          "Then also build the read store anew beside the one that is there, and say how long that"
              + " took.")
  private boolean rebuild;

  @Option(
      names = "--profile",
      description =
          "Say where the projector spends its time, which costs a little; the recording is"
              + " projector.jfr in .paidonce/bench.")
  private boolean profile;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    ProjectorResult result =
        new ProjectorBench(settings(), Clock.systemUTC(), line -> BenchCommand.say(out, line))
            .run();
    BenchCommand.say(out, "");
    result.table().forEach(out::println);
    BenchCommand.say(out, "");
    BenchCommand.say(out, result.lastLine());
    return result.holds() ? 0 : Launcher.FAILED;
  }

  ProjectorSettings settings() {
    int standard = quick ? QUICK : ORDERS;
    return new ProjectorSettings(
        orders == null ? standard : orders,
        seconds,
        writers,
        everything,
        rebuild,
        profile,
        Home.find().bench(),
        BenchCommand.javaOptions());
  }
}
