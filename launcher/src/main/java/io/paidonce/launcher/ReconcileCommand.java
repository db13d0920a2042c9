package io.paidonce.launcher;

import io.paidonce.launcher.config.ConfigFile;
import io.paidonce.reconciler.Reconciler;
import io.paidonce.reconciler.ReconcilerConfig;
import io.paidonce.reconciler.ReconcilerMain;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the reconciler. */
@Command(
    name = "reconcile",
    description = "Asks providers what the ledger wants to know, until SIGTERM.",
    mixinStandardHelpOptions = true)
final class ReconcileCommand implements Callable<Integer> {

  @Mixin private final ConfigOption config = new ConfigOption();

  @Override
  public Integer call() throws Exception {
    ConfigFile file = config.read();
    Optional<ReconcilerConfig> reconciler = file.reconciler();
    file.requireSound();
    Reconciler running = ReconcilerMain.start(reconciler.orElseThrow());
    return UntilStopped.run(running, running.failure());
  }
}
