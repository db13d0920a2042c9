package io.paidonce.launcher;

import io.paidonce.launcher.config.ConfigFile;
import io.paidonce.reconciler.diff.ChildBuild;
import io.paidonce.reconciler.diff.RunningShadow;
import io.paidonce.reconciler.diff.ShadowMain;
import io.paidonce.reconciler.replay.ReplayConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs another build beside this one, on live traffic. */
@Command(
    name = "shadow",
    description = {
      "Follows live traffic with this build and another one until SIGTERM, and says by log and"
          + " metrics where they decide otherwise. Writes to no topic. Orders that begin after the"
          + " start are followed."
    },
    mixinStandardHelpOptions = true)
final class ShadowCommand implements Callable<Integer> {

  @Mixin private final ConfigOption config = new ConfigOption();

  @Option(
      names = "--with",
      paramLabel = "BUILD",
      required = true,
      description = "The other build: a distribution's folder, a built checkout, a launcher.jar.")
  @SuppressWarnings("NullAway.Init") // picocli refuses a command line without it
  private Path with;

  @Option(
      names = "--group",
      defaultValue = "paidonce-shadow",
      description = "Its consumer group. Default: ${DEFAULT-VALUE}.")
  private String group = "paidonce-shadow";

  @Option(
      names = "--orders",
      paramLabel = "N",
      defaultValue = "100000",
      description = "How many orders are followed at once. Default: ${DEFAULT-VALUE}.")
  private int orders;

  @Option(
      names = "--management-host",
      defaultValue = "127.0.0.1",
      description = "Where health and metrics are served. Default: ${DEFAULT-VALUE}.")
  private String managementHost = "127.0.0.1";

  @Option(
      names = "--management-port",
      defaultValue = "9096",
      description = "And at which port. Default: ${DEFAULT-VALUE}.")
  private int managementPort;

  @Override
  public Integer call() throws Exception {
    ConfigFile file = config.read();
    Optional<ReplayConfig> replay = file.replay(Duration.ZERO, 1);
    file.requireSound();
    RunningShadow running =
        ShadowMain.start(
            new ShadowMain.Settings(
                replay.orElseThrow().bootstrapServers(),
                group,
                orders,
                managementHost,
                managementPort),
            ChildBuild.start(with));
    return UntilStopped.run(running, running.failure());
  }
}
