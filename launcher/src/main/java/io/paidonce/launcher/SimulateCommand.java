package io.paidonce.launcher;

import io.paidonce.launcher.quickstart.Console;
import io.paidonce.launcher.quickstart.Demo;
import io.paidonce.launcher.quickstart.Summary;
import io.paidonce.simulator.SimulationResult;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sends more callbacks to the running quickstart. */
@Command(
    name = "simulate",
    description = {
      "Plays another scenario at the running quickstart.",
      "Its keys are the quickstart's; no other gateway would believe them."
    },
    mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {

  @Option(
      names = "--seed",
      defaultValue = "7",
      description =
          "Another seed makes other orders; the same one repeats them. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--orders",
      defaultValue = "100",
      description = "How many orders are played. Default: ${DEFAULT-VALUE}.")
  private int orders;

  @Override
  public Integer call() throws Exception {
    Console console = new Console(System.out, Boolean.getBoolean("paidonce.terminal"));
    SimulationResult result = Demo.beside(Home.find().quickstart()).play(seed, orders, console);
    new Summary(console).whatHappened(result);
    return result.unexpected() == 0 && result.gaveUp() == 0 ? 0 : Launcher.FAILED;
  }
}
