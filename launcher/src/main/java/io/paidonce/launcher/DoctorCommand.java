package io.paidonce.launcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.paidonce.gateway.CallbackDoctor;
import io.paidonce.gateway.GatewayConfig;
import io.paidonce.launcher.config.ConfigFile;
import io.paidonce.launcher.doctor.CapturedRequest;
import io.paidonce.launcher.doctor.Examination;
import io.paidonce.launcher.doctor.Finding;
import io.paidonce.launcher.doctor.Installation;
import io.paidonce.launcher.doctor.PublicUrlLook;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what is wrong and what to mend. */
@Command(
    name = "doctor",
    description = {
      "Looks at a whole installation and says what is wrong and what to mend: configuration, keys"
          + " against each other, dates of certificates, Kafka and its topics' safety, clocks,"
          + " PostgreSQL, and DNS, TLS and path of the public URL.",
      "Changes nothing. To compare clocks it has Kafka stamp one empty record that no reader gets;"
          + " to see who answers at the public URL it posts one callback without a signature, which"
          + " the gateway counts as refused.",
      "Exit code 0: all is well. 1: there are warnings. 2: something must be mended."
    },
    synopsisSubcommandLabel = "[WHAT]",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

  private final Clock clock = Clock.systemUTC();

  @Mixin private final ConfigOption config = new ConfigOption();

  @Option(
      names = "--public-url",
      paramLabel = "URL",
      description =
          "What providers were given, such as https://pay.example, to be looked at from here.")
  private @Nullable String publicUrl;

  @Option(names = "--json", description = "A JSON array in place of lines.")
  private boolean json;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before it calls a method
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException, JsonProcessingException {
    Optional<URI> url = Optional.ofNullable(publicUrl).map(PublicUrlLook::read);
    List<Finding> findings =
        Installation.read(config.required(), System.getenv(), clock).examine(url);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(new JsonMapper().writeValueAsString(findings));
    } else {
      for (Finding finding : findings) {
        out.printf(
            Locale.ROOT,
            "%-8s %-13s %s%n",
            finding.grade().word(),
            finding.about(),
            finding.sentence());
      }
    }
    return Examination.exitCode(findings);
  }

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
