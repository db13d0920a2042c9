package io.paidonce.launcher;

import io.paidonce.gateway.GatewayConfig;
import io.paidonce.gateway.GatewayMain;
import io.paidonce.launcher.config.ConfigFile;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
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
    // It outlives every trouble of Kafka's; nothing but a signal ends it.
    return UntilStopped.run(GatewayMain.start(gateway.orElseThrow()), new CompletableFuture<>());
  }
}
