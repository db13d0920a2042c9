package io.paidonce.launcher;

import io.paidonce.launcher.console.Progress;
import io.paidonce.launcher.orders.KafkaOrderCommands;
import io.paidonce.launcher.orders.OrderCommands;
import io.paidonce.launcher.orders.OrdersImport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What an order service would ask, by hand or in bulk. */
@Command(
    name = "orders",
    description = {
      "Places orders from a CSV file, and asks by hand what an order service would.",
      "A command is stored, not carried out, when this returns: the order's history shows what came"
          + " of it, and a refused one is an exception COMMAND_REFUSED with the reason."
    },
    subcommands = {
      OrderByHand.Cancel.class,
      OrderByHand.Ship.class,
      OrderByHand.Complete.class,
      OrderByHand.Resolve.class
    },
    mixinStandardHelpOptions = true)
final class OrdersCommand {

  private static final long SHOW_EVERY = 50_000;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before it calls a method
  private CommandSpec spec;

  @Command(
      name = "import",
      description = {
        "Places the orders of a CSV file, all or none.",
        "Its first line is shop,order_no,amount,currency; amounts are in minor units (fen, cents).",
        "Importing a file twice changes nothing."
      },
      mixinStandardHelpOptions = true)
  int importFile(
      @Mixin KafkaOption kafka, @Parameters(paramLabel = "FILE.csv", arity = "1") Path file)
      throws IOException {
    KafkaOption.Cluster cluster = kafka.cluster();
    OrdersImport orders = new OrdersImport(file, cluster.shops());
    Progress progress = Progress.onStandardError();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();

    OrdersImport.Checked checked = orders.check(err::println, counted(progress, "checked"));
    progress.done();
    if (checked.bad() > 0) {
      err.printf(
          Locale.ROOT, "%s: nothing was written; problems found: %,d%n", file, checked.bad());
      return Launcher.MISUSED;
    }
    try (OrderCommands commands = KafkaOrderCommands.at(cluster.bootstrapServers())) {
      long written = orders.write(commands, Clock.systemUTC(), counted(progress, "written"));
      progress.done();
      out.printf(Locale.ROOT, "Orders placed: %,d%n", written);
      return 0;
    } catch (IllegalStateException e) {
      progress.done();
      throw new IllegalStateException(
          e.getMessage() + ". Some orders may be placed; importing the file again is safe.", e);
    }
  }

  private static LongConsumer counted(Progress progress, String done) {
    return count -> {
      if (count % SHOW_EVERY == 0) {
        progress.show(String.format(Locale.ROOT, "%,d lines %s", count, done));
      }
    };
  }
}
