package io.paidonce.launcher;

import io.paidonce.launcher.config.ConfigFile;
import io.paidonce.verifier.Report;
import io.paidonce.verifier.Verification;
import io.paidonce.verifier.VerifierConfig;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Recomputes what must be true and compares. */
@Command(
    name = "verify",
    description = {
      "Recomputes from the topics alone what must be true, and compares.",
      "Reads topics and tables afresh. The last line is one JSON object; exit code 0 only if all"
          + " holds."
    },
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before it calls
  private CommandSpec spec;

  @Mixin private final ConfigOption config = new ConfigOption();

  @Option(
      names = "--journal",
      paramLabel = "FILE",
      description = "What a load generator sent and was answered. Default: the quickstart's own.")
  private @Nullable Path journal;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long to wait until all is processed. Default: ${DEFAULT-VALUE}.")
  private int timeoutSeconds;

  @Override
  public Integer call() throws Exception {
    ConfigFile file = config.read();
    Optional<VerifierConfig> verifier =
        file.verifier(journal(), Duration.ofSeconds(timeoutSeconds));
    file.requireSound();
    Report report = Verification.run(verifier.orElseThrow(), this::say);
    PrintWriter out = spec.commandLine().getOut();
    report.findings().forEach(out::println);
    out.println(report.toJson());
    return report.holds() ? 0 : Launcher.FAILED;
  }

  // Not where the report goes: its last line is for programs.
  private void say(String sentence) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("verify: " + sentence);
    err.flush();
  }

  private Optional<Path> journal() {
    if (journal != null) {
      return Optional.of(journal);
    }
    return config
        .ofQuickstart()
        .map(file -> file.resolveSibling("journal.jsonl"))
        .filter(Files::exists);
  }
}
