package io.paidonce.launcher;

import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderKey;
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
    description = "Places orders from a CSV file, or cancels one.",
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

  @Command(
      name = "cancel",
      description = "Cancels one order, if it is unpaid when the command is read.",
      mixinStandardHelpOptions = true)
  void cancel(
      @Mixin KafkaOption kafka,
      @Parameters(paramLabel = "SHOP") String shop,
      @Parameters(paramLabel = "ORDER_NO") String orderNo) {
    OrderKey order = new OrderKey(shop, orderNo);
    try (OrderCommands commands = KafkaOrderCommands.at(kafka.bootstrapServers())) {
      commands.send(
          OrderCommand.cancel(
              order, "cancel-by-hand", "paidonce orders cancel", Clock.systemUTC().instant()));
      commands.awaitStored();
    }
    spec.commandLine().getOut().println("Asked to cancel " + order + ".");
  }

  private static LongConsumer counted(Progress progress, String done) {
    return count -> {
      if (count % SHOW_EVERY == 0) {
        progress.show(String.format(Locale.ROOT, "%,d lines %s", count, done));
      }
    };
  }
}
