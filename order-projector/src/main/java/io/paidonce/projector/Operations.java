package io.paidonce.projector;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.OrderCommand;
import io.paidonce.projector.deadletters.LetterId;
import java.net.URLEncoder;
import java.sql.SQLException;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what operators ask, in their names. Nothing is changed in PostgreSQL: an action is a record
 * in Kafka like any other command, and what becomes of it is read like that of any other.
 */
final class Operations {

  private static final Logger log = LoggerFactory.getLogger(Operations.class);

  private final TargetQuery targets;
  private final CommandSender commands;
  private final Redriver redriver;
  private final Clock clock;

  Operations(TargetQuery targets, CommandSender commands, Redriver redriver, Clock clock) {
    this.targets = targets;
    this.commands = commands;
    this.redriver = redriver;
    this.clock = clock;
  }

  /**
   * Does what a caller asks.
   *
   * @throws BadQuestionException if it can't be done; says why
   */
  Answer ask(Caller caller, Deed deed) throws SQLException {
    targets.of(caller, deed);
    return carryOut(deed, caller.name());
  }

  /** A dead letter, and what operators did about it. */
  Answer letter(Caller caller, LetterId letter) throws SQLException {
    return targets.letter(caller, letter);
  }

  /** Returns when Kafka has it. */
  private Answer carryOut(Deed deed, String actor) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    if (deed.letter() != null) {
      redriver.redrive(deed.letter(), actor, deed.reason());
      answer.put("letter", deed.letter().toString());
      answer.put("status", "/v1/deadletters/" + encoded(deed.letter().toString()));
    } else {
      OrderCommand command = command(deed, actor);
      commands.store(command);
      answer.put("commandId", command.commandId());
      answer.put("shop", command.shop()).put("orderNo", command.orderNo());
      // An id is unique within an order only.
      answer.put(
          "status",
          "/v1/commands/"
              + encoded(command.commandId())
              + "?shop="
              + encoded(command.shop())
              + "&orderNo="
              + encoded(command.orderNo()));
    }
    log.info("{} by {}: {}", deed.action(), actor, answer.path("status").asText());
    return Answer.accepted(answer, answer.path("status").asText());
  }

  private OrderCommand command(Deed deed, String actor) {
    try {
      return deed.command(actor, clock.instant());
    } catch (IllegalArgumentException e) {
      // What a record of the contract refuses names its field.
      throw new BadQuestionException(
          Problem.badRequest(String.valueOf(e.getMessage()), "Mend the field."));
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
