package io.paidonce.launcher;

import io.paidonce.benchmarks.topology.TopologyBench;
import io.paidonce.benchmarks.topology.TopologyResult;
import io.paidonce.benchmarks.topology.TopologySettings;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the topology beside its broker. */
@Command(
    name = "topology",
    description = {
      "The topology alone, beside its broker: notifications a second from a raw topic that is full"
          + " already to committed order-paid records.",
      "The last line is one JSON object; exit code 0 only if each order is paid once."
    },
    mixinStandardHelpOptions = true)
final class BenchTopologyCommand implements Callable<Integer> {

  private static final int WARM_UP = 200_000;
  private static final int NOTIFICATIONS = 400_000;
  private static final int QUICK = 5_000;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before it calls
  private CommandSpec spec;

  @Option(names = "--quick", description = "Only to see that it runs; its figures say little.")
  private boolean quick;

  @Option(
      names = "--notifications",
      description = "How many are counted. Default: 400000, with --quick 5000.")
  private @Nullable Integer notifications;

  @Option(
      names = "--warm-up",
      description = "How many come before. Default: 200000, with --quick 5000.")
  private @Nullable Integer warmUp;

  @Option(
      names = "--threads",
      defaultValue = "1",
      description = "Stream threads of the topology. Default: ${DEFAULT-VALUE}.")
  private int threads;

  @Option(
      names = "--flush",
      defaultValue = "on",
      description =
          "Whether topics are as shipped, flush.messages=1, or leave flushing to the kernel:"
              + " ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private BenchCommand.Flush flush = BenchCommand.Flush.on;

  @Option(
      names = "--profile",
      description =
          "Say where the topology spends its time, which costs a little; the recording is"
              + " topology.jfr in .paidonce/bench.")
  private boolean profile;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    TopologyResult result =
        new TopologyBench(settings(), Clock.systemUTC(), line -> BenchCommand.say(out, line)).run();
    BenchCommand.say(out, "");
    result.table().forEach(out::println);
    BenchCommand.say(out, "");
    BenchCommand.say(out, result.lastLine());
    return result.holds() ? 0 : Launcher.FAILED;
  }

  TopologySettings settings() {
    return new TopologySettings(
        chosen(warmUp, WARM_UP),
        chosen(notifications, NOTIFICATIONS),
        threads,
        flush == BenchCommand.Flush.on,
        profile,
        Home.find().bench(),
        BenchCommand.javaOptions());
  }

  private int chosen(@Nullable Integer asked, int standard) {
    if (asked != null) {
      return asked;
    }
    return quick ? QUICK : standard;
  }
}
