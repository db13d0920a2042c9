package io.paidonce.launcher;

import io.paidonce.benchmarks.micro.ManyAccounts;
import io.paidonce.benchmarks.micro.MicroBench;
import io.paidonce.gateway.Gateway;
import io.paidonce.gateway.GatewayMain;
import io.paidonce.launcher.config.ConfigFile;
import io.paidonce.launcher.config.FilesRead;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures what a gateway's number of accounts costs: at its start, at a reload, at a request. */
@Command(
    name = "accounts",
    description = {
      "Starts and reloads a gateway with many accounts of all protocols, each with keys of its"
          + " own;",
      "then a callback's cost among one account and among ten thousand, by JMH. Some two minutes."
    },
    mixinStandardHelpOptions = true)
final class BenchAccountsCommand implements Callable<Integer> {

  private static final int MOST = 100_000;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before it calls
  private CommandSpec spec;

  @Option(
      names = "--accounts",
      paramLabel = "N",
      defaultValue = "10000",
      description = "How many to start with (${DEFAULT-VALUE}).")
  private int accounts;

  @Option(names = "--start-only", description = "No JMH.")
  private boolean startOnly;

  @Option(names = "--quick", description = "Only to see that it runs.")
  private boolean quick;

  @Override
  public Integer call() throws Exception {
    if (accounts < 1 || accounts > MOST) {
      throw new ParameterException(spec.commandLine(), "--accounts must be 1 to " + MOST);
    }
    PrintWriter out = spec.commandLine().getOut();
    Path file = Files.createTempFile("paidonce-accounts", ".yaml");
    try {
      Files.writeString(file, ManyAccounts.yaml(accounts));
      start(file, out);
    } finally {
      Files.delete(file);
    }
    if (!startOnly) {
      MicroBench.accounts(Home.find().bench().resolve("accounts.txt"), quick).forEach(out::println);
    }
    return 0;
  }

  // As GatewayCommand starts it and GatewayReloads reads it anew. Kafka is away, which a gateway
  // does not wait for.
  private void start(Path file, PrintWriter out) throws IOException {
    out.printf("%,d accounts, %,d bytes of YAML%n", accounts, Files.size(file));
    FilesRead files = new FilesRead();
    long began = System.nanoTime();
    ConfigFile read = ConfigFile.read(file, Map.of(), files);
    var config = read.gateway();
    read.requireSound();
    long bound = System.nanoTime();
    try (Gateway gateway = GatewayMain.start(config.orElseThrow());
        GatewayReloads reloads = new GatewayReloads(file, Map.of(), files, gateway)) {
      long open = System.nanoTime();
      out.printf(
          "start %,d ms: file read, bound and checked %,d, door open %,d%n",
          millis(began, open), millis(began, bound), millis(bound, open));
      for (int time = 1; time <= 3; time++) {
        long again = System.nanoTime();
        reloads.reload();
        out.printf("reload %d: %,d ms%n", time, millis(again, System.nanoTime()));
      }
    }
    out.flush();
  }

  private static long millis(long from, long to) {
    return Duration.ofNanos(to - from).toMillis();
  }
}
