package io.paidonce.launcher.doctor;

import io.paidonce.gateway.GatewayConfig;
import io.paidonce.gateway.MisconfiguredException;
import io.paidonce.launcher.config.ConfigFile;
import io.paidonce.launcher.config.InvalidConfigException;
import io.paidonce.launcher.config.KafkaConfig;
import io.paidonce.projector.ProjectorConfig;
import io.paidonce.projector.ReadStoreCheck;
import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.ApiCredentials;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one configuration describes, as far as it can be read. A section with a problem is a finding
 * and keeps only the looks that need it from being made.
 */
public final class Installation {

  private static final String CONFIGURATION = "configuration";
  private static final Duration EACH = Duration.ofSeconds(40);
  private static final Duration ANSWER = Duration.ofSeconds(8);

  private final List<Finding> problems;
  private final Optional<KafkaConfig> kafka;
  private final Optional<GatewayConfig> gateway;
  private final Optional<ProjectorConfig> projector;
  private final List<ApiCredentials> credentials;
  private final Clock clock;

  private Installation(
      List<Finding> problems,
      Optional<KafkaConfig> kafka,
      Optional<GatewayConfig> gateway,
      Optional<ProjectorConfig> projector,
      List<ApiCredentials> credentials,
      Clock clock) {
    this.problems = problems;
    this.kafka = kafka;
    this.gateway = gateway;
    this.projector = projector;
    this.credentials = credentials;
    this.clock = clock;
  }

  /** Reads the sections that the file has; a host may lack those of other roles. */
  public static Installation read(Path path, Map<String, String> environment, Clock clock) {
    ConfigFile file;
    try {
      file = ConfigFile.read(path, environment);
    } catch (InvalidConfigException e) {
      return new Installation(
          findings(e), Optional.empty(), Optional.empty(), Optional.empty(), List.of(), clock);
    }
    Optional<KafkaConfig> kafka = file.kafka();
    Optional<GatewayConfig> gateway =
        file.has("accounts") || file.has("gateway") ? file.gateway() : Optional.empty();
    if (file.has("streams")) {
      file.streams();
    }
    Optional<ProjectorConfig> projector =
        file.has("projector") ? file.projector() : Optional.empty();
    if (file.has("reconciler") || file.has("credentials")) {
      file.reconciler();
    }
    List<ApiCredentials> credentials = file.credentials();
    List<Finding> problems = List.of();
    try {
      file.requireSound();
    } catch (InvalidConfigException e) {
      problems = findings(e);
    }
    return new Installation(problems, kafka, gateway, projector, credentials, clock);
  }

  private static List<Finding> findings(InvalidConfigException invalid) {
    return invalid.problems().stream().map(line -> Finding.mend(CONFIGURATION, line)).toList();
  }

  /**
   * Looks at everything that it names.
   *
   * @param publicUrl what providers were given; absent where it is not to be looked at
   */
  public List<Finding> examine(Optional<URI> publicUrl) throws InterruptedException {
    List<Finding> findings = new ArrayList<>(problems);
    if (problems.isEmpty()) {
      findings.add(Finding.ok(CONFIGURATION, "every section that the file has can be used"));
    }
    Examination examination = new Examination(EACH);
    gateway.ifPresent(config -> lookAtKeys(examination, config));
    kafka.ifPresent(config -> examination.look("kafka", () -> KafkaLook.at(config, clock)));
    projector.ifPresent(
        config ->
            examination.look(
                "postgresql", () -> ReadStoreLook.graded(ReadStoreCheck.of(config, clock))));
    if (publicUrl.isPresent()) {
      lookAtUrl(examination, publicUrl.get());
    } else if (gateway.isPresent()) {
      findings.add(
          Finding.warning("dns", "the public URL is not looked at: name it with --public-url"));
    }
    findings.addAll(examination.findings());
    return findings;
  }

  private void lookAtKeys(Examination examination, GatewayConfig config) {
    examination.look(
        "keys",
        () -> {
          try {
            List<Finding> found = new ArrayList<>(KeysLook.compare(config.accounts(), credentials));
            found.addAll(KeysLook.dates(config, clock.instant()));
            return found;
          } catch (MisconfiguredException e) {
            // Each is a problem of the configuration, which was told with its place.
            return List.of();
          }
        });
  }

  private void lookAtUrl(Examination examination, URI url) {
    PublicUrlLook look = new PublicUrlLook(url, ServerTls.trustingAsTheJvm(ANSWER), clock, ANSWER);
    examination.look("tls", look::door);
    List<AccountConfig> accounts = gateway.map(GatewayConfig::accounts).orElse(List.of());
    if (!accounts.isEmpty()) {
      examination.look("path", () -> look.path(accounts.get(0)));
    }
  }
}
