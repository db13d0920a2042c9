package io.paidonce.launcher;

import io.paidonce.benchmarks.readstore.QueryBench;
import io.paidonce.benchmarks.readstore.QueryResult;
import io.paidonce.benchmarks.readstore.QuerySettings;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how long an answer of the query API takes while the projector writes. */
@Command(
    name = "query",
    description = {
      "How long an order by any id takes: order number, transaction, notification or refund id,"
          + " while the projector writes.",
      "The last line is one JSON object; exit code 0 only if each question was answered with its"
          + " order."
    },
    mixinStandardHelpOptions = true)
final class BenchQueryCommand implements Callable<Integer> {

  private static final int ORDERS = 1_000_000;
  private static final int QUICK_ORDERS = 2_000;
  private static final int SECONDS = 20;
  private static final int QUICK_SECONDS = 2;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before it calls
  private CommandSpec spec;

  @Option(names = "--quick", description = "Only to see that it runs; its figures say little.")
  private boolean quick;

  @Option(
      names = "--orders",
      description = "How many are stored. Default: 1000000, with --quick 2000.")
  private @Nullable Integer orders;

  @Option(
      names = "--rate",
      defaultValue = "500",
      description = "Questions a second. Default: ${DEFAULT-VALUE}.")
  private int rate;

  @Option(
      names = "--writes",
      defaultValue = "2000",
      description = "Order updates a second meanwhile. Default: ${DEFAULT-VALUE}.")
  private int writes;

  @Option(
      names = "--seconds",
      description = "Of the warm-up and of the measured phase. Default: 20, with --quick 2.")
  private @Nullable Integer seconds;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    QueryResult result =
        new QueryBench(settings(), Clock.systemUTC(), line -> BenchCommand.say(out, line)).run();
    BenchCommand.say(out, "");
    result.table().forEach(out::println);
    BenchCommand.say(out, "");
    BenchCommand.say(out, result.lastLine());
    return result.holds() ? 0 : Launcher.FAILED;
  }

  QuerySettings settings() {
    int standardOrders = quick ? QUICK_ORDERS : ORDERS;
    int standardSeconds = quick ? QUICK_SECONDS : SECONDS;
    return new QuerySettings(
        orders == null ? standardOrders : orders,
        rate,
        writes,
        seconds == null ? standardSeconds : seconds,
        Home.find().bench(),
        BenchCommand.javaOptions());
  }
}
