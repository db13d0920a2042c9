package io.paidonce.launcher;

import io.paidonce.gateway.MisconfiguredException;
import io.paidonce.launcher.config.InvalidConfigException;
import io.paidonce.localstack.LocalStackException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Where {@code ./paidonce} begins. */
@Command(
    name = "paidonce",
    description = "Payment callbacks in, exactly one order-paid out.",
    synopsisSubcommandLabel = "ROLE",
    mixinStandardHelpOptions = true,
    subcommands = {
      QuickstartCommand.class,
      GatewayCommand.class,
      StreamsCommand.class,
      ProjectorCommand.class,
      ReconcileCommand.class,
      TopicsCommand.class,
      OrdersCommand.class,
      OrderCommandLine.class,
      DeadLettersCommand.class,
      DoctorCommand.class,
      KeysCommand.class,
      VerifyCommand.class,
      RebuildCommand.class,
      ReplayCommand.class,
      DiffCommand.class,
      FoldCommand.class,
      ProveCommand.class,
      NotificationCommand.class,
      ShadowCommand.class,
      SimulateCommand.class,
      BenchCommand.class,
    })
public final class Launcher {

  /** Exit code where the user must change something before trying again. */
  static final int MISUSED = 2;

  /** Exit code where a role failed or a check found something. */
  static final int FAILED = 1;

  public static void main(String[] args) {
    Logging.choose(args);
    System.exit(commandLine().execute(args));
  }

  /** The command line, for a program that runs it in its own process. */
  public static CommandLine commandLine() {
    return new CommandLine(new Launcher())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> explain(failure, command.getErr()));
  }

  // A sentence of ours needs no stack trace; anything unexpected does.
  private static int explain(Exception failure, PrintWriter err) {
    if (failure instanceof InvalidConfigException
        || failure instanceof MisconfiguredException
        || failure instanceof IllegalArgumentException) {
      err.println("paidonce: " + failure.getMessage());
      return MISUSED;
    }
    if (failure instanceof IllegalStateException || failure instanceof LocalStackException) {
      err.println("paidonce: " + failure.getMessage());
    } else {
      failure.printStackTrace(err);
    }
    return FAILED;
  }
}
