package io.paidonce.launcher;

import io.paidonce.benchmarks.gateway.GatewayBench;
import io.paidonce.benchmarks.gateway.GatewayResult;
import io.paidonce.benchmarks.gateway.GatewaySettings;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures what a gateway accepts. */
@Command(
    name = "gateway",
    description = {
      "What a gateway accepts where only a broker follows it, on 64 connections as fast as they are"
          + " answered, and then at a constant rate.",
      "The last line is one JSON object; exit code 0 only if each callback was acknowledged and is"
          + " in the topic."
    },
    mixinStandardHelpOptions = true)
final class BenchGatewayCommand implements Callable<Integer> {

  private static final int WARM_UP_SECONDS = 30;
  private static final int SECONDS = 20;
  private static final int QUICK_SECONDS = 2;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before it calls
  private CommandSpec spec;

  @Option(names = "--quick", description = "Only to see that it runs; its figures say little.")
  private boolean quick;

  @Option(
      names = "--seconds",
      description = "Of each of the two phases. Default: 20, with --quick 2.")
  private @Nullable Integer seconds;

  @Option(
      names = "--rate",
      defaultValue = "2300",
      description = "Callbacks a second in the second phase. Default: ${DEFAULT-VALUE}.")
  private int rate;

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
    GatewayResult result = new GatewayBench(settings(), line -> BenchCommand.say(out, line)).run();
    BenchCommand.say(out, "");
    result.table().forEach(out::println);
    BenchCommand.say(out, "");
    BenchCommand.say(out, result.lastLine());
    return result.holds() ? 0 : Launcher.FAILED;
  }

  GatewaySettings settings() {
    int standard = quick ? QUICK_SECONDS : SECONDS;
    return new GatewaySettings(
        quick ? QUICK_SECONDS : WARM_UP_SECONDS,
        seconds == null ? standard : seconds,
        rate,
        flush == BenchCommand.Flush.on,
        Home.find().bench(),
        BenchCommand.javaOptions());
  }
}
