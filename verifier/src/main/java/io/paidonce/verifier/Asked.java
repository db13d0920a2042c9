package io.paidonce.verifier;

import io.paidonce.contract.CommandKind;
import io.paidonce.contract.OrderStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What was asked of one order, in the order of the log. How commands and facts fell among each
 * other is not known here, so that of some commands both answers are right.
 */
final class Asked {

  private final List<Command> all;
  // Each id once: what repeats it changes nothing, whatever it says.
  private final List<Command> firsts = new ArrayList<>();
  private final @Nullable Command place;
  private final boolean timedOut;
  private final Closing closing;

  /** Whether its accounts were closed before it was cancelled. */
  enum Closing {
    /** It has none that can be asked. */
    NONE,
    /** They can be asked, and nobody asked them to close. */
    ASKABLE,
    /** They were asked, and not all of them have answered that nobody paid and nobody can. */
    WAITING,
    /** All of them have. */
    ANSWERED
  }

  /** Commands that must have been refused, and how many more of them may have been. */
  record Refused(int least, int more) {}

  private enum Answer {
    TAKEN,
    REFUSED,
    EITHER
  }

  /**
   * @param timedOut whether the order was cancelled because its time to pay was over
   * @param closing whether its accounts were closed before
   */
  Asked(
      List<Command> all,
      @Nullable Long dueMinor,
      @Nullable String currency,
      boolean timedOut,
      Closing closing) {
    this.all = all;
    this.closing = closing;
    this.timedOut = timedOut;
    Set<String> seen = new HashSet<>();
    for (Command command : all) {
      if (seen.add(command.id())) {
        firsts.add(command);
      }
    }
    this.place = placing(dueMinor, currency);
  }

  /** What placed the order; null where nothing did. */
  @Nullable Command place() {
    return place;
  }

  /** Whether a command of this kind comes after the order was placed. */
  boolean follows(CommandKind kind) {
    return afterPlace().stream().anyMatch(command -> command.kind() == kind);
  }

  /** Whether it may have been cancelled, by a command or by its deadline. */
  boolean mayBeCancelled() {
    return timedOut
        || switch (closing) {
          case NONE -> follows(CommandKind.CANCEL);
          case ASKABLE, WAITING -> false;
          case ANSWERED -> true;
        };
  }

  /** And if it was not, then only because of where it stood. */
  boolean mustBeCancelledIfPending() {
    return timedOut
        || switch (closing) {
          case NONE -> surelyFollows(CommandKind.CANCEL);
          case ASKABLE, WAITING, ANSWERED -> false;
        };
  }

  /** And one that nothing but the order's status can refuse. */
  boolean surelyFollows(CommandKind kind) {
    return afterPlace().stream()
        .anyMatch(command -> command.kind() == kind && !command.isConditional());
  }

  /**
   * How many commands were refused.
   *
   * @param passed every status that the order was seen in
   * @param isCase whether an exception of this id was ever opened
   */
  Refused refused(OrderStatus end, Set<OrderStatus> passed, Predicate<String> isCase) {
    int least = reused();
    int most = least;
    boolean placed = false;
    boolean mayBeCancelled = false;
    boolean isCancelled = false;
    for (Command command : firsts) {
      placed |= command.equals(place);
      mayBeCancelled |= placed && (timedOut || closing == Closing.ANSWERED);
      Answer answer;
      if (command.kind() == CommandKind.RESOLVE) {
        String id = Objects.requireNonNull(command.exceptionId());
        answer = isCase.test(id) ? Answer.EITHER : Answer.REFUSED;
      } else if (!placed) {
        answer = Answer.REFUSED;
      } else {
        answer = ofPlaced(command, end, passed, isCancelled, mayBeCancelled);
        if (command.kind() == CommandKind.CANCEL && passed.contains(OrderStatus.CANCELLED)) {
          mayBeCancelled = true;
          // What is being closed is pending still.
          isCancelled |=
              closing == Closing.NONE && end == OrderStatus.CANCELLED && !command.isConditional();
        }
      }
      least += answer == Answer.REFUSED ? 1 : 0;
      most += answer == Answer.TAKEN ? 0 : 1;
    }
    // One of those that may have been refused did it.
    boolean isReopened = end != OrderStatus.CANCELLED && passed.contains(OrderStatus.CANCELLED);
    most -=
        isReopened && !timedOut && closing == Closing.NONE && follows(CommandKind.CANCEL) ? 1 : 0;
    most -= passed.contains(OrderStatus.SHIPPED) && follows(CommandKind.SHIP) ? 1 : 0;
    most -= passed.contains(OrderStatus.COMPLETED) && follows(CommandKind.COMPLETE) ? 1 : 0;
    return new Refused(least, Math.max(0, most - least));
  }

  private Answer ofPlaced(
      Command command,
      OrderStatus end,
      Set<OrderStatus> passed,
      boolean isCancelled,
      boolean mayBeCancelled) {
    return switch (command.kind()) {
      case PLACE -> {
        if (command.equals(place)) {
          yield Answer.TAKEN;
        }
        if (isCancelled || !command.asksTheSameAs(Objects.requireNonNull(place))) {
          yield Answer.REFUSED;
        }
        yield mayBeCancelled || command.isConditional() ? Answer.EITHER : Answer.TAKEN;
      }
      case CANCEL -> {
        if (!passed.contains(OrderStatus.CANCELLED)) {
          yield closing == Closing.WAITING || closing == Closing.ANSWERED
              ? Answer.EITHER
              : Answer.REFUSED;
        }
        yield end == OrderStatus.CANCELLED && !command.isConditional()
            ? Answer.TAKEN
            : Answer.EITHER;
      }
      case SHIP -> passed.contains(OrderStatus.SHIPPED) ? Answer.EITHER : Answer.REFUSED;
      case COMPLETE -> passed.contains(OrderStatus.COMPLETED) ? Answer.EITHER : Answer.REFUSED;
      case RESOLVE -> throw new IllegalStateException("a RESOLVE needs no placed order");
    };
  }

  // The same id with other content is one case, however often.
  private int reused() {
    Map<String, Command> first = new HashMap<>();
    Set<String> reused = new HashSet<>();
    for (Command command : all) {
      Command earlier = first.putIfAbsent(command.id(), command);
      if (earlier != null && !earlier.equals(command)) {
        reused.add(command.id());
      }
    }
    return reused.size();
  }

  // The first one; but one that expects a version may have been refused, which the terms tell.
  private @Nullable Command placing(@Nullable Long dueMinor, @Nullable String currency) {
    Command last = null;
    for (Command command : firsts) {
      if (command.kind() == CommandKind.PLACE) {
        if (!command.isConditional()
            || (Objects.equals(command.amountDueMinor(), dueMinor)
                && Objects.equals(command.currency(), currency))) {
          return command;
        }
        last = command;
      }
    }
    return dueMinor == null ? null : last;
  }

  private List<Command> afterPlace() {
    return place == null ? List.of() : firsts.subList(firsts.indexOf(place) + 1, firsts.size());
  }
}
