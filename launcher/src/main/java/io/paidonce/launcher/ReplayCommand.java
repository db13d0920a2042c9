package io.paidonce.launcher;

import io.paidonce.contract.OrderKey;
import io.paidonce.launcher.config.ConfigFile;
import io.paidonce.launcher.console.Progress;
import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.EvidenceCheck;
import io.paidonce.reconciler.replay.Replay;
import io.paidonce.reconciler.replay.ReplayConfig;
import io.paidonce.reconciler.replay.ReplayJson;
import io.paidonce.reconciler.replay.ReplayPage;
import io.paidonce.reconciler.replay.ReplayRange;
import io.paidonce.reconciler.replay.ReplayReport;
import io.paidonce.reconciler.replay.ReplayTable;
import io.paidonce.reconciler.replay.ScratchName;
import io.paidonce.reconciler.replay.Tally;
import io.paidonce.reconciler.replay.UntellableException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Folds a range of the past again and compares it with what was said then. */
@Command(
    name = "replay",
    description = {
      "Folds the logs again and compares with what was written of them then: inputs, changes of"
          + " orders, what others were told, and the read store.",
      "Changes nothing: joins no group, creates no topic, needs READ only. Live traffic may go on.",
      "Exit code 0: no difference. 1: differences. 2: it could not be told, or not of all."
    },
    mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before it calls
  private CommandSpec spec;

  @Mixin private final ConfigOption config = new ConfigOption();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = SinceConverter.class,
      description =
          "Compare what was taken into order-inputs since then: 90m, 12h, 7d, or an instant."
              + " Default: all that is kept.")
  private @Nullable Instant from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = SinceConverter.class,
      description = "And before then. Default: all that is written when the replay begins.")
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
      names = "--reverify",
      description =
          "Also verify the raw evidence of each notification again, with the key that was valid"
              + " then. A key that is not configured any more is said, and counts neither way.")
  private boolean reverify;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Partitions that are folded side by side. Default: one for each core.")
  private @Nullable Integer threads;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description =
          "How long to wait for what live traffic has not written yet. Default: ${DEFAULT-VALUE}.")
  private int waitSeconds;

  @Option(names = "--json", description = "Print one JSON object instead of a table.")
  private boolean json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Also write the report as a page that needs nothing else.")
  private @Nullable Path html;

  @Option(
      names = "--into",
      paramLabel = "SCHEMA",
      description =
          "Also write the folded orders, their changes and exceptions into this schema of the read"
              + " store's database, for SQL. A new one, or one that a replay made before.")
  private @Nullable String into;

  @Override
  public Integer call() throws Exception {
    ConfigFile file = config.read();
    int side = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    Optional<ReplayConfig> replay = file.replay(Duration.ofSeconds(waitSeconds), side);
    List<AccountConfig> accounts = reverify ? file.accounts() : List.of();
    Map<String, Map<String, Instant>> ends = reverify ? file.keyEnds() : Map.of();
    file.requireSound();
    ReplayRange range = new ReplayRange(from, to, shop, order);
    ScratchName scratch = into == null ? null : new ScratchName(into);
    Tally tally = new Tally();
    TallyProgress progress = TallyProgress.show(tally, Progress.onStandardError());
    ReplayReport report;
    try {
      report =
          Replay.run(
              replay.orElseThrow(),
              range,
              scratch,
              tally,
              reverify ? EvidenceCheck.of(accounts, ends) : null);
    } catch (UntellableException e) {
      spec.commandLine().getErr().println("paidonce: " + e.getMessage());
      return Launcher.MISUSED;
    } finally {
      progress.close();
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(ReplayJson.of(report));
    } else {
      ReplayTable.lines(report).forEach(out::println);
    }
    out.flush();
    if (html != null) {
      Files.writeString(html, ReplayPage.of(report));
    }
    return switch (report.outcome()) {
      case SAME -> 0;
      case DIFFERENT -> Launcher.FAILED;
      case UNTOLD -> Launcher.MISUSED;
    };
  }
}
