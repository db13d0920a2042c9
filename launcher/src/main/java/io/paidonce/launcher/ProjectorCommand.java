package io.paidonce.launcher;

import io.paidonce.launcher.config.ConfigFile;
import io.paidonce.projector.Projector;
import io.paidonce.projector.ProjectorConfig;
import io.paidonce.projector.ProjectorMain;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the read store's writer and its query API. */
@Command(
    name = "projector",
    description = "Writes orders to PostgreSQL and answers queries about them, until SIGTERM.",
    mixinStandardHelpOptions = true)
final class ProjectorCommand implements Callable<Integer> {

  @Mixin private final ConfigOption config = new ConfigOption();

  @Override
  public Integer call() throws Exception {
    ConfigFile file = config.read();
    Optional<ProjectorConfig> projector = file.projector();
    file.requireSound();
    Projector running = ProjectorMain.start(projector.orElseThrow());
    return UntilStopped.run(running, running.failure());
  }
}
