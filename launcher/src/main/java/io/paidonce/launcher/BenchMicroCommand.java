package io.paidonce.launcher;

import io.paidonce.benchmarks.micro.MicroBench;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures what judging one callback costs. */
@Command(
    name = "micro",
    description = {
      "Verify, decrypt and normalise one callback, against the bare RSA verification in it.",
      "One thread, JMH, about three minutes."
    },
    mixinStandardHelpOptions = true)
final class BenchMicroCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before it calls
  private CommandSpec spec;

  @Option(names = "--quick", description = "Only to see that it runs.")
  private boolean quick;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    Path log = Home.find().bench().resolve("micro.txt");
    out.println("JMH's own output: " + log);
    out.println("Cryptography provider: " + MicroBench.cryptographyProvider());
    out.flush();
    MicroBench.run(log, quick).forEach(out::println);
    return 0;
  }
}
