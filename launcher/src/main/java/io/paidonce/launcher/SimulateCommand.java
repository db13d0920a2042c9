package io.paidonce.launcher;

import io.paidonce.launcher.config.ConfigFile;
import io.paidonce.launcher.config.KafkaConfig;
import io.paidonce.launcher.quickstart.Console;
import io.paidonce.launcher.quickstart.Demo;
import io.paidonce.launcher.quickstart.Summary;
import io.paidonce.launcher.quickstart.ThrowAwaySecrets;
import io.paidonce.simulator.SimulationResult;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends more callbacks: to the running quickstart, or to any gateway that serves its accounts. */
@Command(
    name = "simulate",
    description = {
      "Plays another scenario at the running quickstart.",
      "Its keys are the quickstart's; no other gateway would believe them. For a gateway elsewhere,"
          + " such as that of infra/compose, make keys that it serves too: see simulate keys"
          + " --help.",
      "A receiver of your own gets single callbacks of any kind: see simulate callback --help."
    },
    subcommands = SimulateCallbackCommand.class,
    mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {

  @Option(
      names = "--seed",
      defaultValue = "7",
      description =
          "Another seed makes other orders; the same one repeats them. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--orders",
      defaultValue = "100",
      description = "How many orders are played. Default: ${DEFAULT-VALUE}.")
  private int orders;

  @ArgGroup(exclusive = false, heading = "At a gateway elsewhere (all of these together):%n")
  private @Nullable Elsewhere elsewhere;

  /** What the quickstart would otherwise tell. */
  @SuppressWarnings("NullAway.Init") // set by picocli, all of them or none
  static final class Elsewhere {
    @Option(
        names = "--config",
        required = true,
        paramLabel = "FILE",
        description = "The configuration, for Kafka's address.")
    private Path config;

    @Option(
        names = "--keys",
        required = true,
        paramLabel = "DIRECTORY",
        description = "What simulate keys has made.")
    private Path keys;

    @Option(
        names = "--callbacks",
        required = true,
        paramLabel = "URL",
        description = "Where callbacks are posted, such as http://gateway:8080.")
    private URI callbacks;

    @Option(
        names = "--journal",
        required = true,
        paramLabel = "FILE",
        description = "Where to write what was sent and answered, for verify.")
    private Path journal;

    Demo demo() throws IOException {
      ConfigFile file = ConfigFile.read(config, System.getenv());
      Optional<KafkaConfig> kafka = file.kafka();
      file.requireSound();
      return Demo.at(kafka.orElseThrow().bootstrapServers(), callbacks.toString(), journal, keys);
    }
  }

  @Override
  public Integer call() throws Exception {
    Console console = new Console(System.out, Boolean.getBoolean("paidonce.terminal"));
    Demo demo = elsewhere == null ? Demo.beside(Home.find().quickstart()) : elsewhere.demo();
    SimulationResult result = demo.play(seed, orders, console);
    new Summary(console).whatHappened(result);
    return result.unexpected() == 0 && result.gaveUp() == 0 ? 0 : Launcher.FAILED;
  }

  @Command(
      name = "keys",
      description = {
        "Makes throw-away keys for the simulator's accounts, and a password for a PostgreSQL.",
        "accounts.yaml beside them says how a configuration names the accounts. For trying and"
            + " testing only."
      },
      mixinStandardHelpOptions = true)
  void keys(@Parameters(paramLabel = "DIRECTORY") Path directory) throws IOException {
    ThrowAwaySecrets.make(directory);
    System.out.println(
        "Keys of accounts at every provider and a password are in " + directory + ".");
  }
}
