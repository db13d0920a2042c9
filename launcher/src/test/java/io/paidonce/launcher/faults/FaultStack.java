package io.paidonce.launcher.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.TopicsAdmin;
import io.paidonce.launcher.Canaries;
import io.paidonce.launcher.Launcher;
import io.paidonce.launcher.config.ConfigCopy;
import io.paidonce.launcher.config.ConfigFile;
import io.paidonce.launcher.quickstart.TestAccounts;
import io.paidonce.localstack.LocalKafka;
import io.paidonce.localstack.LocalPostgres;
import io.paidonce.providers.EvidenceCheck;
import io.paidonce.reconciler.replay.Replay;
import io.paidonce.reconciler.replay.ReplayConfig;
import io.paidonce.reconciler.replay.ReplayRange;
import io.paidonce.reconciler.replay.ReplayReport;
import io.paidonce.reconciler.replay.Tally;
import io.paidonce.simulator.Journal;
import io.paidonce.simulator.Plan;
import io.paidonce.simulator.Scenario;
import io.paidonce.simulator.ScenarioSettings;
import io.paidonce.simulator.Step;
import io.paidonce.verifier.Report;
import io.paidonce.verifier.Verification;
import io.paidonce.verifier.VerifierConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;

/** A broker, PostgreSQL and one of each role, all processes of their own. */
final class FaultStack implements AutoCloseable {

  /** The group of streams and the name of its stores' topics. */
  static final String APPLICATION = VerifierConfig.DEFAULT_STREAMS_GROUP;

  private static final Duration QUIET_WITHIN = Duration.ofSeconds(60);

  private final Path directory;
  private final String bootstrapServers;
  private final AutoCloseable brokers;
  private final int replicationFactor;
  private final LocalPostgres postgres;
  private final TestAccounts accounts;
  private final Map<String, RoleProcess> all = new LinkedHashMap<>();
  private final RoleProcess gateway;
  private final RoleProcess streams;
  private final RoleProcess projector;

  private FaultStack(
      Path directory,
      String bootstrapServers,
      AutoCloseable brokers,
      int replicationFactor,
      LocalPostgres postgres) {
    this.directory = directory;
    this.bootstrapServers = bootstrapServers;
    this.brokers = brokers;
    this.replicationFactor = replicationFactor;
    this.postgres = postgres;
    this.accounts = accounts(directory);
    this.gateway = another(Role.GATEWAY, "gateway-1");
    this.streams = another(Role.STREAMS, "streams-1");
    this.projector = another(Role.PROJECTOR, "projector-1");
  }

  /** Starts everything in a directory below {@code target}, where the logs stay for a look. */
  static FaultStack start(String name) {
    Path directory = TargetDirectory.fresh(name);
    LocalKafka kafka = LocalKafka.startProcess(directory.resolve("kafka"));
    return on(directory, kafka.bootstrapServers(), kafka, 1);
  }

  /** Starts the rest beside brokers that run. */
  static FaultStack on(
      Path directory, String bootstrapServers, AutoCloseable brokers, int replicationFactor) {
    LocalPostgres postgres = LocalPostgres.start(directory.resolve("postgres"));
    FaultStack stack =
        new FaultStack(directory, bootstrapServers, brokers, replicationFactor, postgres);
    try (Admin admin = stack.admin()) {
      new TopicsAdmin(admin, replicationFactor).apply();
    }
    stack.beginJournal();
    stack.tidy();
    return stack;
  }

  // Nothing has been sent yet, which is no missing journal.
  private void beginJournal() {
    try {
      Journal.open(journal()).close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TestAccounts accounts(Path directory) {
    try {
      return TestAccounts.make(directory.resolve("keys"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One of each role again, whatever a failed test has left behind. */
  void tidy() {
    List<RoleProcess> first = List.of(gateway, streams, projector);
    all.values().stream().filter(role -> !first.contains(role)).forEach(RoleProcess::end);
    first.stream().filter(role -> !role.isAlive()).forEach(RoleProcess::start);
    first.forEach(RoleProcess::awaitReady);
  }

  Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  String bootstrapServers() {
    return bootstrapServers;
  }

  /** The one broker, where it is one. */
  LocalKafka kafka() {
    return (LocalKafka) brokers;
  }

  LocalPostgres postgres() {
    return postgres;
  }

  RoleProcess gateway() {
    return gateway;
  }

  RoleProcess streams() {
    return streams;
  }

  RoleProcess projector() {
    return projector;
  }

  Path stateDirectory(String instance) {
    return directory.resolve(instance + "-state");
  }

  ProcessLog postgresLog() {
    return new ProcessLog(directory.resolve("postgres/postgres.log"));
  }

  /** An instance of a role beside the first one, not started when it is new. */
  RoleProcess another(Role role, String instance) {
    return all.computeIfAbsent(instance, name -> role(role, name));
  }

  private RoleProcess role(Role role, String instance) {
    int port = FreePort.any();
    int management = FreePort.any();
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("kafka.bootstrapServers", bootstrapServers);
    listen(settings, "gateway.callbacks", port);
    listen(settings, "gateway.management", management);
    settings.put("streams.stateDir", stateDirectory(instance).toString());
    settings.put("kafka.replicationFactor", Integer.toString(replicationFactor));
    settings.put("streams.replicationFactor", Integer.toString(replicationFactor));
    settings.put("streams.standbyReplicas", "1");
    settings.put("streams.instanceId", instance);
    settings.put("streams.managementPort", Integer.toString(management));
    settings.put("projector.instanceId", instance);
    // A frozen PostgreSQL is given up after 30 s by default; a build has no such patience.
    settings.put("projector.jdbcUrl", postgres.jdbcUrl() + "?socketTimeout=5");
    settings.put("projector.user", postgres.user());
    settings.put("projector.password", postgres.password());
    listen(settings, "projector.api", port);
    listen(settings, "projector.management", management);
    Path config = directory.resolve(instance + ".yaml");
    try {
      ConfigCopy.write(accounts.config(), config, settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new RoleProcess(instance, role, directory, config, port, management);
  }

  private static void listen(Map<String, String> settings, String place, int port) {
    settings.put(place + ".host", "127.0.0.1");
    settings.put(place + ".port", Integer.toString(port));
  }

  /** A seeded mix of stories at about 250 callbacks a second, to the one gateway. */
  Load load(Random random, Duration length) {
    return play(plan(random, length, (int) length.toMillis() / 10), List.of(gateway.callbacks()));
  }

  Plan plan(Random random, Duration length, int orders) {
    return Scenario.plan(
        new ScenarioSettings(
            random.nextLong() >>> 8,
            orders,
            length,
            Duration.ofMillis(100),
            Instant.now(),
            accounts.simulated()));
  }

  /** The same plan with each good delivery repeated, all at once. */
  static Plan repeated(Plan plan, int times) {
    List<Step> steps = new ArrayList<>();
    for (Step step : plan.steps()) {
      int copies = step instanceof Step.Deliver ? times : 1;
      for (int i = 0; i < copies; i++) {
        steps.add(step);
      }
    }
    return new Plan(plan.seed(), steps);
  }

  Load play(Plan plan, List<URI> gateways) {
    return Load.start(bootstrapServers, journal(), plan, gateways);
  }

  private Path journal() {
    return directory.resolve("journal.jsonl");
  }

  /** As {@code ./paidonce verify}: everything since this stack began. */
  Report verify() {
    ConfigFile file = ConfigFile.read(directory.resolve("projector-1.yaml"), Map.of());
    Optional<VerifierConfig> config = file.verifier(Optional.of(journal()), QUIET_WITHIN);
    file.requireSound();
    return Verification.run(config.orElseThrow());
  }

  /** As {@code ./paidonce replay --reverify}. */
  ReplayReport replay(ReplayRange range) {
    ConfigFile file = ConfigFile.read(directory.resolve("projector-1.yaml"), Map.of());
    Optional<ReplayConfig> config = file.replay(Duration.ofSeconds(30), 2);
    EvidenceCheck evidence = EvidenceCheck.of(file.accounts(), file.keyEnds());
    file.requireSound();
    return Replay.run(config.orElseThrow(), range, null, new Tally(), evidence);
  }

  /** As {@code ./paidonce} with these arguments and this stack's configuration. */
  int command(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--config=" + directory.resolve("projector-1.yaml"));
    return Launcher.commandLine().execute(all.toArray(String[]::new));
  }

  /** Where a test may write. */
  Path file(String name) {
    return directory.resolve(name);
  }

  Report requireThePromise() {
    Report report = verify();
    assertThat(report.findings()).isEmpty();
    assertThat(report.holds()).isTrue();
    requireSilence();
    return report;
  }

  // Whatever was killed, poisoned or refused so far: no role showed a key or a person for it.
  private void requireSilence() {
    Canaries canaries = Canaries.of(directory.resolve("keys"));
    canaries.assertAbsentFromLogs(directory);
    all.values().stream()
        .filter(RoleProcess::isAlive)
        .forEach(role -> canaries.assertAbsent("the metrics of " + role, role.metrics()));
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
  }

  @Override
  public void close() {
    all.values().forEach(RoleProcess::end);
    try (postgres) {
      brokers.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
