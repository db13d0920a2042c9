package io.paidonce.launcher;

import io.paidonce.gateway.Gateway;
import io.paidonce.gateway.GatewayConfig;
import io.paidonce.gateway.GatewayMain;
import io.paidonce.launcher.config.ConfigFile;
import io.paidonce.launcher.config.FilesRead;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the ingest gateway. */
@Command(
    name = "gateway",
    description = {
      "Receives providers' callbacks and stores them in Kafka, until SIGTERM.",
      "Accounts and keys are read again when their files change, and on SIGHUP."
    },
    mixinStandardHelpOptions = true)
final class GatewayCommand implements Callable<Integer> {

  @Mixin private final ConfigOption config = new ConfigOption();

  @Override
  public Integer call() throws Exception {
    Path path = config.required();
    Map<String, String> environment = System.getenv();
    FilesRead files = new FilesRead();
    ConfigFile file = ConfigFile.read(path, environment, files);
    Optional<GatewayConfig> gateway = file.gateway();
    file.requireSound();
    // It outlives Kafka's absence; a signal ends it, or a Kafka that is set unsafely.
    Gateway running = GatewayMain.start(gateway.orElseThrow());
    GatewayReloads reloads = new GatewayReloads(path, environment, files, running).begin();
    return UntilStopped.run(
        () -> {
          reloads.close();
          running.close();
        },
        running.failure());
  }
}
