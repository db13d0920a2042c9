package io.paidonce.launcher;

import io.paidonce.gateway.Gateway;
import io.paidonce.gateway.GatewayConfig;
import io.paidonce.gateway.GatewayMain;
import io.paidonce.launcher.config.ConfigFile;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the ingest gateway. */
@Command(
    name = "gateway",
    description = "Receives providers' callbacks and stores them in Kafka, until SIGTERM.",
    mixinStandardHelpOptions = true)
final class GatewayCommand implements Callable<Integer> {

  @Mixin private final ConfigOption config = new ConfigOption();

  @Override
  public Integer call() throws Exception {
    ConfigFile file = config.read();
    Optional<GatewayConfig> gateway = file.gateway();
    file.requireSound();
    // It outlives Kafka's absence; a signal ends it, or a Kafka that is set unsafely.
    Gateway running = GatewayMain.start(gateway.orElseThrow());
    return UntilStopped.run(running, running.failure());
  }
}
