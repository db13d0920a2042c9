package io.paidonce.launcher;

import io.paidonce.launcher.quickstart.Console;
import io.paidonce.launcher.quickstart.QuickstartPorts;
import io.paidonce.launcher.quickstart.QuickstartRun;
import io.paidonce.launcher.quickstart.QuickstartRun.DemoSettings;
import io.paidonce.launcher.quickstart.QuickstartSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Every role in one process, to be tried out. */
@Command(
    name = "quickstart",
    description = {
      "Runs everything in one process, with a scenario, and checks it.",
      "Kafka and PostgreSQL are real ones. Stays up until Ctrl-C."
    },
    mixinStandardHelpOptions = true)
final class QuickstartCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before it calls
  private CommandSpec spec;

  @Option(
      names = "--seed",
      defaultValue = "42",
      description = "The same seed plays the same scenario. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--orders",
      defaultValue = "300",
      description = "How many orders are played. Default: ${DEFAULT-VALUE}.")
  private int orders;

  @Option(
      names = "--exit-after-demo",
      description = "Stop after the check; exit code 0 only if it holds.")
  private boolean exitAfterDemo;

  @Option(names = "--no-demo", description = "Play nothing; say when ready.")
  private boolean noDemo;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Serve the shops, accounts and keys of this file; its addresses of Kafka and PostgreSQL"
              + " are replaced by the embedded ones. Needs --no-demo.")
  private @Nullable Path config;

  @Option(names = "--keep", description = "Keep the data of the run before.")
  private boolean keep;

  @Option(
      names = "--port",
      description = "Where callbacks come in; 0 is any free port. Default: 8080.")
  private int callbacks = QuickstartPorts.standard().callbacks();

  @Option(names = "--api-port", description = "Where orders are asked for. Default: 8081.")
  private int api = QuickstartPorts.standard().api();

  @Override
  public Integer call() throws Exception {
    if (noDemo && exitAfterDemo) {
      throw new ParameterException(
          spec.commandLine(), "--no-demo and --exit-after-demo exclude each other");
    }
    if (config != null && !noDemo) {
      throw new ParameterException(
          spec.commandLine(),
          "--config needs --no-demo: only throw-away accounts have the providers' private keys");
    }
    if (orders < 1) {
      throw new ParameterException(spec.commandLine(), "--orders must be at least 1");
    }
    QuickstartPorts standard = QuickstartPorts.standard();
    QuickstartSettings settings =
        new QuickstartSettings(
            Home.find().quickstart(),
            Optional.ofNullable(config),
            keep,
            new QuickstartPorts(
                callbacks,
                api,
                standard.gateway(),
                standard.streams(),
                standard.projector(),
                standard.reconciler()));
    Console console = new Console(System.out, Boolean.getBoolean("paidonce.terminal"));
    console.say("PaidOnce: every role in one process, on a real Kafka and a real PostgreSQL");
    console.say("");
    if (config != null) {
      console.say("  Kafka and PostgreSQL are embedded, whatever " + config + " says of them");
    }
    boolean held =
        new QuickstartRun(settings, console)
            .run(
                noDemo
                    ? Optional.empty()
                    : Optional.of(new DemoSettings(seed, orders, exitAfterDemo)));
    return held ? 0 : Launcher.FAILED;
  }
}
