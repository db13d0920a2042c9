package io.paidonce.verifier;

import io.paidonce.contract.CommandKind;
import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.TransactionKey;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What must be true of an order: a pure function of its commands, in the order of their log, and of
 * the set of its distinct verified payments. Only where a payment and a cancel raced is the outcome
 * itself consulted, since both are right; everything else must then agree with it.
 */
final class Oracle {

  private final List<Command> commands;
  private final List<Payment> payments;
  private final Set<TransactionKey> contradicted;
  private final @Nullable Command place;
  private final boolean cancelFollows;
  private final Set<TransactionKey> fitting = new HashSet<>();

  private Oracle(List<Command> commands, List<Payment> payments, Set<TransactionKey> contradicted) {
    this.commands = commands;
    this.payments = payments;
    this.contradicted = contradicted;
    this.place = firstPlace();
    this.cancelFollows = cancelFollowsPlace();
    for (Payment payment : payments) {
      if (place != null && mismatch(place, payment).isEmpty()) {
        fitting.add(payment.transaction());
      }
    }
  }

  /**
   * What must be true of one order.
   *
   * @param contradicted of the payments, those of which the provider also said something else
   * @param observed how the order ended; null where nothing is known of it
   */
  static Expectation expect(
      List<Command> commands,
      List<Payment> payments,
      Set<TransactionKey> contradicted,
      @Nullable OrderStatus observed) {
    Oracle oracle = new Oracle(commands, payments, contradicted);
    Set<OrderStatus> possible = oracle.possible();
    OrderStatus status =
        observed != null && possible.contains(observed) ? observed : possible.iterator().next();
    return new Expectation(
        oracle.place != null || !payments.isEmpty(),
        possible,
        status,
        oracle.place == null ? null : oracle.place.amountDueMinor(),
        oracle.place == null ? null : oracle.place.currency(),
        oracle.fitting,
        oracle.money(status),
        oracle.open(status));
  }

  private @Nullable Command firstPlace() {
    return commands.stream().filter(c -> c.kind() == CommandKind.PLACE).findFirst().orElse(null);
  }

  private boolean cancelFollowsPlace() {
    boolean placed = false;
    Set<String> seen = new HashSet<>();
    for (Command command : commands) {
      // A command id counts once; what repeats it changes nothing, whatever it says.
      if (seen.add(command.id())) {
        placed |= command.kind() == CommandKind.PLACE;
        if (placed && command.kind() == CommandKind.CANCEL) {
          return true;
        }
      }
    }
    return false;
  }

  private Set<OrderStatus> possible() {
    if (place == null) {
      return EnumSet.of(OrderStatus.UNPLACED);
    }
    if (!cancelFollows) {
      return EnumSet.of(fitting.isEmpty() ? OrderStatus.PENDING : OrderStatus.PAID);
    }
    // Whichever of the two the log took first.
    return fitting.isEmpty()
        ? EnumSet.of(OrderStatus.CANCELLED)
        : EnumSet.of(OrderStatus.PAID, OrderStatus.CANCELLED);
  }

  /** Payee before currency before amount: money that went elsewhere is no money of this order. */
  private static Optional<ExceptionKind> mismatch(Command place, Payment payment) {
    if (!payment.payee().equals(payment.expectedPayee())) {
      return Optional.of(ExceptionKind.PAYEE_MISMATCH);
    }
    if (!payment.currency().equals(place.currency())) {
      return Optional.of(ExceptionKind.CURRENCY_MISMATCH);
    }
    Long due = place.amountDueMinor();
    return due != null && payment.amountMinor() == due
        ? Optional.empty()
        : Optional.of(ExceptionKind.AMOUNT_MISMATCH);
  }

  private Map<String, Sums> money(OrderStatus status) {
    Map<String, Sums> money = new TreeMap<>();
    boolean applied = status != OrderStatus.PAID;
    for (Payment payment : payments) {
      long amount = payment.amountMinor();
      Sums sums;
      if (!fitting.contains(payment.transaction())) {
        sums = new Sums(0, 0, amount);
      } else if (applied) {
        sums = new Sums(0, amount, 0);
      } else {
        // Any one of those that fit: they are of the same amount, so the sums don't tell.
        applied = true;
        sums = new Sums(amount, 0, 0);
      }
      money.merge(payment.currency(), sums, Sums::plus);
    }
    return money;
  }

  private Map<ExceptionKind, Integer> open(OrderStatus status) {
    Map<ExceptionKind, Integer> open = new EnumMap<>(ExceptionKind.class);
    for (Payment payment : payments) {
      if (place == null) {
        open.merge(ExceptionKind.UNKNOWN_ORDER, 1, Integer::sum);
      } else {
        mismatch(place, payment).ifPresent(kind -> open.merge(kind, 1, Integer::sum));
      }
      if (contradicted.contains(payment.transaction())) {
        open.merge(ExceptionKind.CONFLICTING_NOTIFICATION, 1, Integer::sum);
      }
    }
    if (status == OrderStatus.PAID && fitting.size() > 1) {
      open.put(ExceptionKind.DOUBLE_PAYMENT, fitting.size() - 1);
    }
    if (status == OrderStatus.CANCELLED && !fitting.isEmpty()) {
      open.put(ExceptionKind.LATE_PAYMENT, fitting.size());
    }
    int refused = refused(status);
    if (refused > 0) {
      open.put(ExceptionKind.COMMAND_REFUSED, refused);
    }
    return open;
  }

  private int refused(OrderStatus end) {
    int refused = 0;
    boolean placed = false;
    boolean cancelled = false;
    Map<String, Command> seen = new HashMap<>();
    Set<String> reused = new HashSet<>();
    for (Command command : commands) {
      Command earlier = seen.putIfAbsent(command.id(), command);
      if (earlier != null) {
        // The same id with other content is one case, however often.
        refused += !earlier.equals(command) && reused.add(command.id()) ? 1 : 0;
      } else if (command.kind() == CommandKind.PLACE) {
        refused += placed && (cancelled || !isSameAmount(command)) ? 1 : 0;
        placed = true;
      } else if (!placed || end == OrderStatus.PAID) {
        refused++;
      } else {
        cancelled = true;
      }
    }
    return refused;
  }

  private boolean isSameAmount(Command again) {
    return place != null
        && place.kind() == again.kind()
        && Objects.equals(place.amountDueMinor(), again.amountDueMinor())
        && Objects.equals(place.currency(), again.currency());
  }
}
