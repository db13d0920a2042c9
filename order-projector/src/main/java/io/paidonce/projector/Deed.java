package io.paidonce.projector;

import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderKey;
import io.paidonce.projector.deadletters.LetterId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an operator wants done, whole: nothing of it is read from anywhere else when it is done.
 *
 * @param requestId the id of the command that it becomes
 * @param order whose it is; absent for a dead letter
 * @param letter present exactly for a dead letter
 */
record Deed(
    OperatorAction action,
    String requestId,
    @Nullable OrderKey order,
    @Nullable LetterId letter,
    String reason,
    @Nullable Long expectedVersion,
    @Nullable String exceptionId,
    @Nullable Long exceptionRevision) {

  static Deed of(OperatorAction action, String requestId, OrderKey order, JsonBody body) {
    return new Deed(
        action,
        requestId,
        order,
        null,
        body.text("reason"),
        body.ifNumber("expectedVersion"),
        body.ifText("exceptionId").orElse(null),
        body.ifNumber("exceptionRevision"));
  }

  static Deed redrive(String requestId, LetterId letter, JsonBody body) {
    return new Deed(
        OperatorAction.REDRIVE, requestId, null, letter, body.text("reason"), null, null, null);
  }

  /**
   * The command that it is.
   *
   * @param actor who answers for it
   * @throws IllegalStateException if it is none
   */
  OrderCommand command(String actor, Instant now) {
    if (order == null) {
      throw new IllegalStateException(action + " is no command");
    }
    OrderCommand command =
        switch (action) {
          case CANCEL -> OrderCommand.cancel(order, requestId, actor, now).because(reason);
          case RESOLVE ->
              OrderCommand.resolve(
                  order, String.valueOf(exceptionId), reason, requestId, actor, now);
          case REDRIVE -> throw new IllegalStateException(action + " is no command");
        };
    if (exceptionRevision != null) {
      command = command.havingSeen(exceptionRevision);
    }
    return expectedVersion == null ? command : command.expecting(expectedVersion);
  }
}
