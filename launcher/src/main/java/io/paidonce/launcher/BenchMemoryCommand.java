package io.paidonce.launcher;

import io.paidonce.benchmarks.topology.MemoryBench;
import io.paidonce.benchmarks.topology.MemoryResult;
import io.paidonce.benchmarks.topology.MemorySettings;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures what it costs to remember much. */
@Command(
    name = "memory",
    description = {
      "What a notification costs the topology while few identities are remembered and while many"
          + " are, how long many take to restore, and how much memory that needs.",
      "The last line is one JSON object; exit code 0 only if each order is paid once."
    },
    mixinStandardHelpOptions = true)
final class BenchMemoryCommand implements Callable<Integer> {

  private static final int REMEMBERED = 10_000_000;
  private static final int WARM_UP = 20_000;
  private static final int NOTIFICATIONS = 10_000;
  private static final int QUICK_REMEMBERED = 20_000;
  private static final int QUICK_WARM_UP = 1_000;
  private static final int QUICK_NOTIFICATIONS = 1_000;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before it calls
  private CommandSpec spec;

  @Option(names = "--quick", description = "Only to see that it runs; its figures say little.")
  private boolean quick;

  @Option(
      names = "--remembered",
      description =
          "Identities that are added between the two. Default: 10000000, with --quick 20000.")
  private @Nullable Integer remembered;

  @Option(
      names = "--notifications",
      description = "How many a window counts. Default: 10000, with --quick 1000.")
  private @Nullable Integer notifications;

  @Option(
      names = "--windows",
      defaultValue = "5",
      description = "How many windows the medians are of. Default: ${DEFAULT-VALUE}.")
  private int windows;

  @Option(
      names = "--warm-up",
      description = "How many come before the windows. Default: 20000, with --quick 1000.")
  private @Nullable Integer warmUp;

  @Option(
      names = "--flush",
      defaultValue = "on",
      description =
          "Whether topics are as shipped, flush.messages=1, or leave flushing to the kernel:"
              + " ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private BenchCommand.Flush flush = BenchCommand.Flush.on;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    MemoryResult result =
        new MemoryBench(settings(), Clock.systemUTC(), line -> BenchCommand.say(out, line)).run();
    BenchCommand.say(out, "");
    result.table().forEach(out::println);
    BenchCommand.say(out, "");
    BenchCommand.say(out, result.lastLine());
    return result.holds() ? 0 : Launcher.FAILED;
  }

  MemorySettings settings() {
    return new MemorySettings(
        chosen(remembered, REMEMBERED, QUICK_REMEMBERED),
        chosen(warmUp, WARM_UP, QUICK_WARM_UP),
        chosen(notifications, NOTIFICATIONS, QUICK_NOTIFICATIONS),
        windows,
        flush == BenchCommand.Flush.on,
        Home.find().bench(),
        BenchCommand.javaOptions());
  }

  private int chosen(@Nullable Integer asked, int standard, int whenQuick) {
    if (asked != null) {
      return asked;
    }
    return quick ? whenQuick : standard;
  }
}
