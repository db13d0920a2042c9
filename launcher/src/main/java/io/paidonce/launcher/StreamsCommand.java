package io.paidonce.launcher;

import io.paidonce.launcher.config.ConfigFile;
import io.paidonce.streams.DedupStreams;
import io.paidonce.streams.DedupStreamsConfig;
import io.paidonce.streams.DedupStreamsMain;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs intake and ledger. */
@Command(
    name = "streams",
    description = "Turns notifications and commands into orders, exactly once, until SIGTERM.",
    mixinStandardHelpOptions = true)
final class StreamsCommand implements Callable<Integer> {

  @Mixin private final ConfigOption config = new ConfigOption();

  @Override
  public Integer call() throws Exception {
    ConfigFile file = config.read();
    Optional<DedupStreamsConfig> streams = file.streams();
    file.requireSound();
    DedupStreams running = DedupStreamsMain.start(streams.orElseThrow());
    return UntilStopped.run(running, running.failure());
  }
}
