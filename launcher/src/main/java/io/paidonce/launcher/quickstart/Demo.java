package io.paidonce.launcher.quickstart;

import io.paidonce.gateway.GatewayConfig;
import io.paidonce.launcher.config.ConfigFile;
import io.paidonce.simulator.Journal;
import io.paidonce.simulator.KafkaOrderPlacer;
import io.paidonce.simulator.Plan;
import io.paidonce.simulator.Progress;
import io.paidonce.simulator.Scenario;
import io.paidonce.simulator.ScenarioSettings;
import io.paidonce.simulator.SimulatedAccount;
import io.paidonce.simulator.Simulation;
import io.paidonce.simulator.SimulationResult;
import io.paidonce.simulator.SimulationSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Plays a seeded scenario against a running quickstart, from within it or beside it, or elsewhere.
 */
public final class Demo {

  private static final Duration PER_ORDER = Duration.ofMillis(12);
  private static final Duration SHORTEST = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final String bootstrapServers;
  private final String callbacksUrl;
  private final Path journal;
  private final List<SimulatedAccount> accounts;

  Demo(
      String bootstrapServers, String callbacksUrl, Path journal, List<SimulatedAccount> accounts) {
    this.bootstrapServers = bootstrapServers;
    this.callbacksUrl = callbacksUrl;
    this.journal = journal;
    this.accounts = accounts;
  }

  /**
   * For the quickstart that runs in a directory, in another process.
   *
   * @throws IllegalStateException if none runs there that plays throw-away accounts
   */
  public static Demo beside(Path directory) throws IOException {
    Path config = directory.resolve(Quickstart.CONFIG);
    Path keys = directory.resolve(Quickstart.KEYS);
    if (!Files.exists(config) || !Files.exists(keys)) {
      throw new IllegalStateException(
          "no quickstart with throw-away keys is running; start ./paidonce quickstart first");
    }
    ConfigFile file = ConfigFile.read(config, System.getenv());
    Optional<GatewayConfig> gateway = file.gateway();
    file.requireSound();
    return new Demo(
        gateway.orElseThrow().bootstrapServers(),
        "http://127.0.0.1:" + gateway.orElseThrow().callbacks().port(),
        directory.resolve(Quickstart.JOURNAL),
        ThrowAwayAccounts.load(keys).simulated());
  }

  /**
   * For roles that run elsewhere with the accounts of {@link ThrowAwaySecrets}.
   *
   * @param callbacksUrl such as {@code http://gateway:8080}
   * @param journal where to write what was sent and answered
   * @param keys the directory that the secrets were made in
   */
  public static Demo at(String bootstrapServers, String callbacksUrl, Path journal, Path keys)
      throws IOException {
    return new Demo(
        bootstrapServers, callbacksUrl, journal, ThrowAwayAccounts.load(keys).simulated());
  }

  /** Returns when the last retry is done. */
  public SimulationResult play(long seed, int orders, Console console)
      throws IOException, InterruptedException {
    Clock clock = Clock.systemUTC();
    Duration spread = PER_ORDER.multipliedBy(orders);
    Plan plan =
        Scenario.plan(
            new ScenarioSettings(
                seed,
                orders,
                spread.compareTo(SHORTEST) < 0 ? SHORTEST : spread,
                PAUSE,
                clock.instant(),
                accounts));
    try (KafkaOrderPlacer placer = KafkaOrderPlacer.connect(bootstrapServers);
        Journal written = Journal.open(journal)) {
      return new Simulation(placer, clock, SimulationSettings.defaults())
          .run(
              plan,
              URI.create(callbacksUrl),
              written,
              progress -> console.passing(describe(progress)));
    }
  }

  private static String describe(Progress progress) {
    SimulationResult soFar = progress.soFar();
    return String.format(
        Locale.ROOT,
        "%,5d orders placed, %,5d callbacks sent: %,d acknowledged, %,d forged or probing and"
            + " refused; %,d steps to go",
        soFar.ordersPlaced(),
        soFar.callbacksSent(),
        soFar.acknowledged(),
        soFar.refusedAsExpected(),
        progress.outstanding());
  }
}
