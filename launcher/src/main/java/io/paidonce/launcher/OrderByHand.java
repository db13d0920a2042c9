package io.paidonce.launcher;

import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderKey;
import io.paidonce.launcher.orders.KafkaOrderCommands;
import io.paidonce.launcher.orders.OrderCommands;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One command about one order, from a person. */
abstract class OrderByHand implements Runnable {

  private static final String NOBODY = "paidonce orders";

  private final InstantSource clock = InstantSource.system();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before it calls
  private CommandSpec spec;

  @Mixin private final KafkaOption kafka = new KafkaOption();

  @Parameters(index = "0", paramLabel = "SHOP")
  @SuppressWarnings("NullAway.Init") // picocli requires it
  private String shop;

  @Parameters(index = "1", paramLabel = "ORDER_NO")
  @SuppressWarnings("NullAway.Init") // picocli requires it
  private String orderNo;

  @Option(
      names = "--expected-version",
      paramLabel = "N",
      description =
          "The order's version that you decided upon: at another one the command is refused.")
  private @Nullable Long expectedVersion;

  @Override
  public final void run() {
    // Not one id for all times: what was refused today may be asked again tomorrow.
    String commandId = spec.name() + "-by-hand-" + UUID.randomUUID();
    OrderCommand asked = command(new OrderKey(shop, orderNo), commandId, clock.instant());
    OrderCommand command = expectedVersion == null ? asked : asked.expecting(expectedVersion);
    try (OrderCommands commands = KafkaOrderCommands.at(kafka.bootstrapServers())) {
      commands.send(command);
      commands.awaitStored();
    }
    spec.commandLine().getOut().println("Asked to " + spec.name() + " " + command.order() + ".");
  }

  abstract OrderCommand command(OrderKey order, String commandId, Instant now);

  /** Who asks and why, where neither is required. */
  static final class Audit {
    @Option(
        names = "--by",
        paramLabel = "NAME",
        description = "Who asks, for the audit. Default: ${DEFAULT-VALUE}.")
    private String actor = NOBODY;

    @Option(names = "--why", paramLabel = "TEXT", description = "Why, for the audit.")
    private @Nullable String reason;

    private OrderCommand explained(OrderCommand command) {
      return reason == null ? command : command.because(reason);
    }
  }

  @Command(
      name = "cancel",
      description = "Cancels one order, if it is unpaid when the command is read.",
      mixinStandardHelpOptions = true)
  static final class Cancel extends OrderByHand {
    @Mixin private final Audit audit = new Audit();

    @Override
    OrderCommand command(OrderKey order, String commandId, Instant now) {
      return audit.explained(OrderCommand.cancel(order, commandId, audit.actor, now));
    }
  }

  @Command(
      name = "ship",
      description = "Says that a paid order's goods left.",
      mixinStandardHelpOptions = true)
  static final class Ship extends OrderByHand {
    @Mixin private final Audit audit = new Audit();

    @Override
    OrderCommand command(OrderKey order, String commandId, Instant now) {
      return audit.explained(OrderCommand.ship(order, commandId, audit.actor, now));
    }
  }

  @Command(
      name = "complete",
      description = "Says that a shipped order is done.",
      mixinStandardHelpOptions = true)
  static final class Complete extends OrderByHand {
    @Mixin private final Audit audit = new Audit();

    @Override
    OrderCommand command(OrderKey order, String commandId, Instant now) {
      return audit.explained(OrderCommand.complete(order, commandId, audit.actor, now));
    }
  }

  @Command(
      name = "resolve",
      description = {
        "Closes an exception that you decided about; new facts about the matter open it again.",
        "Its id, revision and what is suggested: GET /v1/orders/SHOP/ORDER_NO."
      },
      mixinStandardHelpOptions = true)
  static final class Resolve extends OrderByHand {
    @Parameters(index = "2", paramLabel = "EXCEPTION_ID")
    @SuppressWarnings("NullAway.Init") // picocli requires it
    private String exceptionId;

    @Option(
        names = "--by",
        required = true,
        paramLabel = "NAME",
        description = "Who decided, for the audit.")
    @SuppressWarnings("NullAway.Init") // picocli requires it
    private String actor;

    @Option(
        names = "--why",
        required = true,
        paramLabel = "TEXT",
        description = "What was decided and why, for the audit.")
    @SuppressWarnings("NullAway.Init") // picocli requires it
    private String reason;

    @Option(
        names = "--revision",
        paramLabel = "N",
        description =
            "The revision you saw: at a newer one the command is refused. Needed for"
                + " COMMAND_REFUSED and CONFLICTING_NOTIFICATION.")
    private @Nullable Long revision;

    @Override
    OrderCommand command(OrderKey order, String commandId, Instant now) {
      OrderCommand command =
          OrderCommand.resolve(order, exceptionId, reason, commandId, actor, now);
      return revision == null ? command : command.havingSeen(revision);
    }
  }
}
