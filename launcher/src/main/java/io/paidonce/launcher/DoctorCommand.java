package io.paidonce.launcher;

import io.paidonce.gateway.CallbackDoctor;
import io.paidonce.gateway.GatewayConfig;
import io.paidonce.launcher.config.ConfigFile;
import io.paidonce.launcher.doctor.CapturedRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what is wrong and what to mend. */
@Command(
    name = "doctor",
    description = "Says what is wrong and what to mend.",
    synopsisSubcommandLabel = "WHAT",
    mixinStandardHelpOptions = true)
final class DoctorCommand {

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before it calls a method
  private CommandSpec spec;

  @Command(
      name = "callback",
      description = {
        "Judges a captured callback as the gateway would, and says why it is refused. Needs neither"
            + " Kafka nor a gateway, and sends nothing.",
        "Exit code 0: it would be stored and answered success. 1: it would be refused. 2: it can't"
            + " be read."
      },
      mixinStandardHelpOptions = true)
  int callback(
      @Mixin ConfigOption config,
      @Option(
              names = "--request",
              required = true,
              paramLabel = "FILE",
              description =
                  "The request as it came: request line, headers, an empty line, the body's bytes.")
          Path request,
      @Option(
              names = "--at",
              paramLabel = "TIME",
              description =
                  "When it came, such as 2026-01-31T12:00:00Z; signatures age. Default: when the"
                      + " file was written.")
          @Nullable Instant at)
      throws IOException {
    ConfigFile file = config.read();
    Optional<GatewayConfig> gateway = file.gateway();
    file.requireSound();
    if (!Files.isRegularFile(request)) {
      throw new IllegalArgumentException("there is no file " + request);
    }
    Instant came =
        at != null
            ? at
            : Files.getLastModifiedTime(request).toInstant().truncatedTo(ChronoUnit.SECONDS);
    CapturedRequest captured = CapturedRequest.parse(Files.readAllBytes(request));
    CallbackDoctor.Finding finding =
        CallbackDoctor.of(gateway.orElseThrow())
            .examine(captured.path(), captured.receivedAt(came));
    PrintWriter out = spec.commandLine().getOut();
    captured.notes().forEach(note -> out.println("note: " + note));
    out.println(captured.path() + ", " + captured.body().length() + " bytes, judged as of " + came);
    out.println((finding.accepted() ? "accepted " : "refused ") + finding.word());
    out.println(finding.explanation());
    return finding.accepted() ? 0 : Launcher.FAILED;
  }
}
