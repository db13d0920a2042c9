package io.paidonce.launcher;

import io.paidonce.benchmarks.topology.DeadlineBench;
import io.paidonce.benchmarks.topology.DeadlineResult;
import io.paidonce.benchmarks.topology.DeadlineSettings;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures what waiting orders cost. */
@Command(
    name = "deadlines",
    description = {
      "What it costs the topology that many orders wait for their payment, and what it costs the"
          + " payments of others when many fall due at once. Takes some ten minutes: no order may"
          + " be paid for less than five.",
      "The last line is one JSON object; exit code 0 only if each deadline and each payment was"
          + " met once."
    },
    mixinStandardHelpOptions = true)
final class BenchDeadlinesCommand implements Callable<Integer> {

  private static final int WAITING = 1_000_000;
  private static final int DUE = 10_000;
  private static final int SECONDS = 60;
  private static final int QUICK_WAITING = 5_000;
  private static final int QUICK_DUE = 500;
  private static final int QUICK_SECONDS = 10;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before it calls
  private CommandSpec spec;

  @Option(names = "--quick", description = "Only to see that it runs; its figures say little.")
  private boolean quick;

  @Option(
      names = "--waiting",
      description = "Orders that wait. Default: 1000000, with --quick 5000.")
  private @Nullable Integer waiting;

  @Option(
      names = "--due",
      description = "Orders that fall due at once. Default: 10000, with --quick 500.")
  private @Nullable Integer due;

  @Option(
      names = "--per-second",
      defaultValue = "500",
      description = "Payments of other orders meanwhile. Default: ${DEFAULT-VALUE}.")
  private int perSecond;

  @Option(
      names = "--seconds",
      description = "How long is looked at each time. Default: 60, with --quick 10.")
  private @Nullable Integer seconds;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    DeadlineResult result =
        new DeadlineBench(settings(), Clock.systemUTC(), line -> BenchCommand.say(out, line)).run();
    BenchCommand.say(out, "");
    result.table().forEach(out::println);
    BenchCommand.say(out, "");
    BenchCommand.say(out, result.lastLine());
    return result.holds() ? 0 : Launcher.FAILED;
  }

  DeadlineSettings settings() {
    return new DeadlineSettings(
        chosen(waiting, WAITING, QUICK_WAITING),
        chosen(due, DUE, QUICK_DUE),
        perSecond,
        chosen(seconds, SECONDS, QUICK_SECONDS),
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
