package io.paidonce.verifier;

import io.paidonce.contract.CommandKind;
import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.PaymentStanding;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.contract.TransactionKey;
import io.paidonce.verifier.Expectation.Standing;
import java.util.ArrayList;
import java.util.Comparator;
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
 * the sets of its distinct verified payments and refunds. Only where a payment raced with a cancel,
 * or with the refund of another payment, is the outcome itself consulted, since both are right;
 * everything else must then agree with it.
 */
final class Oracle {

  private final List<Command> commands;
  private final List<Payment> payments;
  private final WentBack wentBack;
  private final @Nullable Command place;
  private final boolean cancelFollows;
  // Money that fits, by whether any of it is still here.
  private final Set<TransactionKey> kept = new HashSet<>();
  private final Set<TransactionKey> refunded = new HashSet<>();

  /** How an order ended: all of it is null where nothing is known of it. */
  record Observed(@Nullable OrderStatus status, @Nullable TransactionKey paying) {}

  private Oracle(List<Command> commands, List<Payment> payments, List<Refund> refunds) {
    this.commands = commands;
    // Nothing may depend on the order they came in.
    this.payments =
        payments.stream()
            .sorted(Comparator.comparing((Payment payment) -> payment.transaction().toString()))
            .toList();
    this.wentBack = new WentBack(refunds);
    this.place = firstPlace();
    this.cancelFollows = cancelFollowsPlace();
    for (Payment payment : payments) {
      if (place != null && mismatch(place, payment).isEmpty()) {
        (wentBack.isAllOf(payment) ? refunded : kept).add(payment.transaction());
      }
    }
  }

  /**
   * What must be true of one order.
   *
   * @param contradicted of how many of the payments and refunds the provider also said something
   *     else
   */
  static Expectation expect(
      List<Command> commands,
      List<Payment> payments,
      List<Refund> refunds,
      int contradicted,
      Observed observed) {
    Oracle oracle = new Oracle(commands, payments, refunds);
    Set<OrderStatus> possible = oracle.possible();
    OrderStatus status =
        observed.status() != null && possible.contains(observed.status())
            ? observed.status()
            : possible.iterator().next();
    Set<TransactionKey> payers = oracle.payers(status);
    List<Standing> standings = oracle.standings(oracle.paying(payers, observed.paying()));
    return new Expectation(
        oracle.place != null || !payments.isEmpty() || !refunds.isEmpty(),
        possible,
        status,
        oracle.place == null ? null : oracle.place.amountDueMinor(),
        oracle.place == null ? null : oracle.place.currency(),
        oracle.fitting(),
        payers,
        oracle.refunded,
        standings,
        money(standings),
        oracle.open(status, standings, contradicted));
  }

  private Set<TransactionKey> fitting() {
    Set<TransactionKey> fitting = new HashSet<>(kept);
    fitting.addAll(refunded);
    return fitting;
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
    EnumSet<OrderStatus> possible = EnumSet.noneOf(OrderStatus.class);
    if (!kept.isEmpty()) {
      possible.add(OrderStatus.PAID);
    }
    // Whether it was paid before: what went back in full ends here, and a second payment that
    // comes afterwards is owed back as it would have been before.
    if (!refunded.isEmpty()) {
      possible.add(OrderStatus.REFUNDED);
    }
    // Whichever of the two the log took first.
    if (cancelFollows) {
      possible.add(OrderStatus.CANCELLED);
    }
    if (possible.isEmpty()) {
      possible.add(OrderStatus.PENDING);
    }
    return possible;
  }

  private Set<TransactionKey> payers(OrderStatus status) {
    return switch (status) {
      case PAID, SHIPPED, COMPLETED -> kept;
      case REFUNDED -> refunded;
      case UNPLACED, PENDING, CANCELLED -> Set.of();
    };
  }

  /** The observed one if it may be; else any one that may. */
  private @Nullable TransactionKey paying(
      Set<TransactionKey> payers, @Nullable TransactionKey observed) {
    if (observed != null && payers.contains(observed)) {
      return observed;
    }
    return payments.stream()
        .map(Payment::transaction)
        .filter(payers::contains)
        .findFirst()
        .orElse(null);
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

  private List<Standing> standings(@Nullable TransactionKey paying) {
    List<Standing> standings = new ArrayList<>(payments.size());
    for (Payment payment : payments) {
      PaymentStanding standing;
      if (payment.transaction().equals(paying)) {
        standing = PaymentStanding.APPLIED;
      } else if (isFitting(payment)) {
        standing = PaymentStanding.OWED_BACK;
      } else {
        standing = PaymentStanding.SUSPENSE;
      }
      standings.add(new Standing(payment, standing, wentBack.minor(payment)));
    }
    return standings;
  }

  private boolean isFitting(Payment payment) {
    return kept.contains(payment.transaction()) || refunded.contains(payment.transaction());
  }

  private static Map<String, Sums> money(List<Standing> standings) {
    Map<String, Sums> money = new TreeMap<>();
    standings.forEach(one -> money.merge(one.payment().currency(), one.sums(), Sums::plus));
    return money;
  }

  private Map<ExceptionKind, Integer> open(
      OrderStatus status, List<Standing> standings, int contradicted) {
    Map<ExceptionKind, Integer> open = new EnumMap<>(ExceptionKind.class);
    for (Standing one : standings) {
      // What went back in full waits for nobody, whatever it was for.
      if (!wentBack.isAllOf(one.payment())) {
        waiting(status, one).ifPresent(kind -> open.merge(kind, 1, Integer::sum));
      }
      if (wentBack.toldMinor(one.payment()) > one.payment().amountMinor()) {
        open.merge(ExceptionKind.REFUND_EXCEEDS_PAYMENT, 1, Integer::sum);
      }
      if (wentBack.contradicts(one.payment())) {
        open.merge(ExceptionKind.REFUND_MISMATCH, 1, Integer::sum);
      }
    }
    wentBack
        .outcomes()
        .forEach(
            (refund, said) ->
                waiting(refund, said).forEach(kind -> open.merge(kind, 1, Integer::sum)));
    add(open, ExceptionKind.CONFLICTING_NOTIFICATION, contradicted);
    add(open, ExceptionKind.COMMAND_REFUSED, refused(status));
    return open;
  }

  private static void add(Map<ExceptionKind, Integer> open, ExceptionKind kind, int count) {
    if (count > 0) {
      open.merge(kind, count, Integer::sum);
    }
  }

  private Optional<ExceptionKind> waiting(OrderStatus status, Standing one) {
    if (place == null) {
      return Optional.of(ExceptionKind.UNKNOWN_ORDER);
    }
    return switch (one.standing()) {
      case APPLIED -> Optional.empty();
      case SUSPENSE -> mismatch(place, one.payment());
      case OWED_BACK ->
          Optional.of(
              status == OrderStatus.CANCELLED
                  ? ExceptionKind.LATE_PAYMENT
                  : ExceptionKind.DOUBLE_PAYMENT);
    };
  }

  private Set<ExceptionKind> waiting(WentBack.Of refund, Set<RefundOutcome> said) {
    Set<ExceptionKind> kinds = EnumSet.noneOf(ExceptionKind.class);
    Optional<Payment> payment =
        payments.stream().filter(p -> p.transaction().equals(refund.transaction())).findFirst();
    if (said.contains(RefundOutcome.SUCCEEDED)) {
      if (payment.isEmpty()) {
        kinds.add(ExceptionKind.REFUND_WITHOUT_PAYMENT);
      }
      if (said.contains(RefundOutcome.CLOSED)) {
        kinds.add(ExceptionKind.CONFLICTING_NOTIFICATION);
      }
    } else if (payment.filter(wentBack::isAllOf).isEmpty()) {
      kinds.add(
          said.contains(RefundOutcome.CLOSED)
              ? ExceptionKind.REFUND_CLOSED
              : ExceptionKind.REFUND_ABNORMAL);
    }
    return kinds;
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
      } else if (!placed || end == OrderStatus.PAID || end == OrderStatus.REFUNDED) {
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
