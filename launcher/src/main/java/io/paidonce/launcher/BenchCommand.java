package io.paidonce.launcher;

import io.paidonce.benchmarks.Bench;
import io.paidonce.benchmarks.BenchResult;
import io.paidonce.benchmarks.BenchSettings;
import io.paidonce.benchmarks.report.ReportPage;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures. */
@Command(
    name = "bench",
    description = {
      "Measures callbacks end to end on this machine: how many, and how long one takes.",
      "Runs everything it needs, each part in a process of its own. The last line is one JSON"
          + " object; exit code 0 only if nothing failed and nothing was left behind."
    },
    subcommands = {
      BenchMicroCommand.class,
      BenchGatewayCommand.class,
      BenchAccountsCommand.class,
      BenchTopologyCommand.class,
      BenchMemoryCommand.class,
      BenchDeadlinesCommand.class,
      BenchProjectorCommand.class,
      BenchQueryCommand.class,
      BenchReplayCommand.class
    },
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {

  private static final int WARM_UP_SECONDS = 40;
  private static final int SECONDS = 30;
  private static final int QUICK_WARM_UP_SECONDS = 3;
  private static final int QUICK_SECONDS = 4;

  /** Whether appends are forced to disk. */
  enum Flush {
    on,
    off
  }

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before it calls
  private CommandSpec spec;

  @Option(names = "--quick", description = "A smoke test of some seconds; its figures say little.")
  private boolean quick;

  @Option(
      names = "--seconds",
      description = "How long each of the two phases is. Default: 30, with --quick 4.")
  private @Nullable Integer seconds;

  @Option(
      names = "--flush",
      defaultValue = "on",
      description =
          "Whether topics are as shipped, flush.messages=1, or leave flushing to the kernel:"
              + " ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Flush flush = Flush.on;

  @Option(
      names = "--duplicates",
      defaultValue = "0",
      description =
          "Which share of the requests repeats an earlier callback. Default: ${DEFAULT-VALUE}.")
  private BigDecimal duplicates = BigDecimal.ZERO;

  @Option(
      names = "--rate",
      defaultValue = "2000",
      description = "Requests a second in the second phase. Default: ${DEFAULT-VALUE}.")
  private int rate;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Where the page with plots goes. Default: .paidonce/bench.")
  private @Nullable Path report;

  @Option(
      names = "--profile",
      description =
          "Say where the services spend their time in the saturating phase, which costs a little;"
              + " the recording is services.jfr beside the page.")
  private boolean profile;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    BenchSettings settings = settings();
    BenchResult result = new Bench(settings, Clock.systemUTC(), line -> say(out, line)).run();
    Path page = ReportPage.write(result, settings.report());
    say(out, "");
    result.table().forEach(out::println);
    say(out, "");
    say(out, "Plots: " + page);
    say(out, result.lastLine());
    return result.holds() ? 0 : Launcher.FAILED;
  }

  BenchSettings settings() {
    Path directory = Home.find().bench();
    int chosen = quick ? QUICK_SECONDS : SECONDS;
    return new BenchSettings(
        quick ? QUICK_WARM_UP_SECONDS : WARM_UP_SECONDS,
        seconds == null ? chosen : seconds,
        flush == Flush.on,
        duplicates,
        rate,
        directory,
        report == null ? directory : report,
        javaOptions(),
        profile);
  }

  // The script's: what it gives to every other role, this one gives to the services.
  static List<String> javaOptions() {
    String options = System.getenv("PAIDONCE_JAVA_OPTS");
    return options == null || options.isBlank() ? List.of() : List.of(options.strip().split(" +"));
  }

  static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}
