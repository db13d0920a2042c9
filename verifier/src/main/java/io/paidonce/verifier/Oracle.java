package io.paidonce.verifier;

import io.paidonce.contract.CommandKind;
import io.paidonce.contract.DoublePayment;
import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.LatePayment;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.PaymentPolicy;
import io.paidonce.contract.PaymentStanding;
import io.paidonce.contract.ProviderAccount;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.contract.TransactionKey;
import io.paidonce.verifier.Expectation.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What must be true of an order: a pure function of its commands, in the order of their log, and of
 * the sets of its distinct verified payments and refunds. Only where a payment raced with a cancel,
 * or with the refund of another payment, is the outcome itself consulted, since both are right;
 * everything else must then agree with it.
 */
final class Oracle {

  private final Asked asked;
  private final List<Payment> payments;
  private final WentBack wentBack;
  private final @Nullable Command place;
  // Present where several payments may pay the order.
  private final @Nullable Parts parts;
  // Money that fits, by whether any of it is still here.
  private final Set<TransactionKey> kept = new HashSet<>();
  private final Set<TransactionKey> refunded = new HashSet<>();

  /**
   * How an order ended.
   *
   * @param status null where nothing is known of it
   * @param paying null where it was never paid
   * @param passed every status it was in
   * @param dueMinor what the ledger says was due; null until placed
   * @param timedOutAt the end of its time to pay, where that is why it was cancelled: a decision
   *     that the log records and that nothing else tells; null where it is not
   * @param enquiries what its providers were asked, and what they answered
   * @param closingVersion at which its accounts began to be closed; 0 where they did not
   */
  record Observed(
      @Nullable OrderStatus status,
      @Nullable TransactionKey paying,
      Set<OrderStatus> passed,
      @Nullable Long dueMinor,
      @Nullable String currency,
      @Nullable Instant timedOutAt,
      Enquiries enquiries,
      long closingVersion) {

    /** One that was in no other status that matters. */
    Observed(@Nullable OrderStatus status, @Nullable TransactionKey paying) {
      this(
          status,
          paying,
          status == null ? Set.of() : Set.of(status),
          null,
          null,
          null,
          Enquiries.NONE,
          0);
    }
  }

  private Oracle(
      List<Command> commands, List<Payment> payments, List<Refund> refunds, Observed observed) {
    // Nothing may depend on the order they came in.
    this.payments =
        payments.stream()
            .sorted(Comparator.comparing((Payment payment) -> payment.transaction().toString()))
            .toList();
    this.wentBack = new WentBack(refunds);
    Command first =
        new Asked(commands, observed.dueMinor(), observed.currency(), false, Asked.Closing.NONE)
            .place();
    this.asked =
        new Asked(
            commands,
            observed.dueMinor(),
            observed.currency(),
            isRightlyTimedOut(first, observed),
            closing(first, observed));
    this.place = asked.place();
    List<Payment> fitting = new ArrayList<>();
    for (Payment payment : payments) {
      if (place != null && mismatch(place, payment).isEmpty()) {
        fitting.add(payment);
        (wentBack.isAllOf(payment) ? refunded : kept).add(payment.transaction());
      }
    }
    this.parts =
        place != null && place.policy().partialPayments()
            ? new Parts(Objects.requireNonNull(place.amountDueMinor()), fitting, wentBack)
            : null;
  }

  // Nobody's time to pay is over who had paid by then, however late that was processed (I16).
  private boolean isRightlyTimedOut(@Nullable Command first, Observed observed) {
    Instant at = observed.timedOutAt();
    return at != null
        && (first == null
            || first.policy().partialPayments()
            || payments.stream()
                .filter(payment -> mismatch(first, payment).isEmpty())
                .allMatch(payment -> payment.receivedAt().isAfter(at)));
  }

  // Where accounts can be asked, nothing but their answers lets an order be cancelled (I16).
  private Asked.Closing closing(@Nullable Command first, Observed observed) {
    PaymentPolicy agreed = first == null ? PaymentPolicy.DEFAULT : first.policy();
    boolean isAskable =
        observed.closingVersion() > 0
            || observed.enquiries().askAboutTheOrder()
            || agreed.payableAt() != null;
    // Some shops have it cancelled at its deadline all the same.
    if (!isAskable || observed.timedOutAt() != null) {
      return Asked.Closing.NONE;
    }
    if (observed.closingVersion() == 0) {
      return Asked.Closing.ASKABLE;
    }
    Set<ProviderAccount> paidAt = new HashSet<>();
    for (Payment payment : payments) {
      TransactionKey of = payment.transaction();
      paidAt.add(new ProviderAccount(of.provider(), of.account()));
    }
    return observed.enquiries().allowCancelling(observed.closingVersion(), agreed, paidAt)
        ? Asked.Closing.ANSWERED
        : Asked.Closing.WAITING;
  }

  /** Of an order of which no exception was ever opened. */
  static Expectation expect(
      List<Command> commands,
      List<Payment> payments,
      List<Refund> refunds,
      int contradicted,
      Observed observed) {
    return expect(commands, payments, refunds, contradicted, observed, id -> false);
  }

  /**
   * What must be true of one order.
   *
   * @param contradicted of how many of the payments and refunds the provider also said something
   *     else
   * @param isCase whether an exception of this id was ever opened
   */
  static Expectation expect(
      List<Command> commands,
      List<Payment> payments,
      List<Refund> refunds,
      int contradicted,
      Observed observed,
      Predicate<String> isCase) {
    Oracle oracle = new Oracle(commands, payments, refunds, observed);
    Set<OrderStatus> possible = oracle.possible();
    OrderStatus status =
        observed.status() != null && possible.contains(observed.status())
            ? observed.status()
            : possible.iterator().next();
    Set<TransactionKey> payers = oracle.payers(status);
    List<Standing> standings = oracle.standings(oracle.paying(payers, observed.paying()));
    Set<OrderStatus> passed = EnumSet.of(status);
    passed.addAll(observed.passed());
    Asked.Refused refusals = oracle.asked.refused(status, passed, isCase);
    Map<ExceptionKind, Integer> open = oracle.open(status, standings, contradicted);
    add(open, ExceptionKind.COMMAND_REFUSED, refusals.least());
    return new Expectation(
        oracle.place != null || !payments.isEmpty() || !refunds.isEmpty(),
        possible,
        oracle.passable(),
        status,
        oracle.place == null ? null : oracle.place.amountDueMinor(),
        oracle.place == null ? null : oracle.place.currency(),
        oracle.fitting(),
        payers,
        oracle.refunded,
        standings,
        oracle.money(status, standings),
        open,
        refusals.more(),
        oracle.mayBeSentBack(),
        oracle.mustBeSentBack(status, oracle.paying(payers, observed.paying())));
  }

  private Set<TransactionKey> fitting() {
    Set<TransactionKey> fitting = new HashSet<>(kept);
    fitting.addAll(refunded);
    return fitting;
  }

  private Set<TransactionKey> mayBeSentBack() {
    return sendsLateBack() || sendsSecondBack() ? fitting() : Set.of();
  }

  private Set<TransactionKey> mustBeSentBack(OrderStatus status, @Nullable TransactionKey paying) {
    return switch (status) {
      case UNPLACED, PENDING -> Set.of();
      case CANCELLED -> sendsLateBack() ? kept : Set.of();
      case PAID, SHIPPED, COMPLETED, REFUNDED -> {
        if (!sendsSecondBack()) {
          yield Set.of();
        }
        Set<TransactionKey> second = new HashSet<>(kept);
        second.remove(paying);
        yield second;
      }
    };
  }

  // Whether late money is to be sent back without being asked.
  private boolean sendsLateBack() {
    return place != null
        && place.policy().latePayment() == LatePayment.REFUND
        && asked.mayBeCancelled();
  }

  // And money of a second payment.
  private boolean sendsSecondBack() {
    return place != null && parts == null && place.policy().doublePayment() == DoublePayment.REFUND;
  }

  private Set<OrderStatus> possible() {
    if (place == null) {
      return EnumSet.of(OrderStatus.UNPLACED);
    }
    EnumSet<OrderStatus> possible = EnumSet.noneOf(OrderStatus.class);
    if (mayEndPaid()) {
      addPaid(possible);
    }
    // Whether it was paid before: what went back in full ends here, and a second payment that
    // comes afterwards is owed back as it would have been before.
    if (mayEndRefunded()) {
      possible.add(OrderStatus.REFUNDED);
    }
    // Whichever of the two the log took first; but where money opens it again, it does.
    if (asked.mayBeCancelled() && !isOpenedAgain()) {
      possible.add(OrderStatus.CANCELLED);
    }
    if (mayEndPending() || possible.isEmpty()) {
      possible.add(OrderStatus.PENDING);
    }
    return possible;
  }

  private boolean mayEndPaid() {
    return parts == null ? !kept.isEmpty() : parts.reach() && parts.someIsLeft();
  }

  private boolean mayEndRefunded() {
    return parts == null ? !refunded.isEmpty() : parts.goneReach();
  }

  private boolean mayEndPending() {
    if (asked.mustBeCancelledIfPending()) {
      return false;
    }
    return parts == null
        ? kept.isEmpty() && refunded.isEmpty()
        : !parts.reachWithoutTheGone() && (parts.someIsLeft() || !parts.goneReach());
  }

  private boolean isOpenedAgain() {
    return place != null
        && place.policy().latePayment() == LatePayment.REOPEN
        && (parts == null ? !kept.isEmpty() : parts.someIsLeft() && parts.reachWithoutTheGone());
  }

  private void addPaid(Set<OrderStatus> statuses) {
    statuses.add(OrderStatus.PAID);
    if (asked.follows(CommandKind.SHIP)) {
      statuses.add(OrderStatus.SHIPPED);
      if (asked.follows(CommandKind.COMPLETE)) {
        statuses.add(OrderStatus.COMPLETED);
      }
    }
  }

  /** Every status that it may have been in, whatever came first. */
  private Set<OrderStatus> passable() {
    EnumSet<OrderStatus> passable = EnumSet.of(OrderStatus.UNPLACED);
    if (place != null) {
      passable.add(OrderStatus.PENDING);
      if (parts == null ? !fitting().isEmpty() : parts.reach()) {
        addPaid(passable);
      }
      if (mayEndRefunded()) {
        passable.add(OrderStatus.REFUNDED);
      }
      if (asked.mayBeCancelled()) {
        passable.add(OrderStatus.CANCELLED);
      }
    }
    return passable;
  }

  private Set<TransactionKey> payers(OrderStatus status) {
    return switch (status) {
      // Of parts the one that completes them, and it may be one that went back later.
      case PAID, SHIPPED, COMPLETED -> parts == null ? kept : fitting();
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
    return place.policy().partialPayments() || (due != null && payment.amountMinor() == due)
        ? Optional.empty()
        : Optional.of(ExceptionKind.AMOUNT_MISMATCH);
  }

  private List<Standing> standings(@Nullable TransactionKey paying) {
    List<Standing> standings = new ArrayList<>(payments.size());
    for (Payment payment : payments) {
      PaymentStanding standing;
      // Which of several parts has paid what is a matter of arrival; only their sums are not.
      if (payment.transaction().equals(paying) || (parts != null && isFitting(payment))) {
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

  private Map<String, Sums> money(OrderStatus status, List<Standing> standings) {
    Map<String, Sums> money = new TreeMap<>();
    standings.forEach(one -> money.merge(one.payment().currency(), one.sums(), Sums::plus));
    if (parts != null && place != null && place.currency() != null) {
      money.computeIfPresent(
          place.currency(),
          (currency, sums) ->
              new Sums(
                  parts.appliedMinor(status),
                  parts.owedBackMinor(status),
                  sums.suspenseMinor(),
                  sums.refundedMinor()));
    }
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
    if (parts != null) {
      boolean isTooMuch = parts.owedBackMinor(status) > 0 && status != OrderStatus.CANCELLED;
      add(open, ExceptionKind.OVERPAYMENT, isTooMuch ? 1 : 0);
      add(open, ExceptionKind.UNDERPAID, parts.areTooFew(status) ? 1 : 0);
    }
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
      case APPLIED ->
          parts != null && status == OrderStatus.CANCELLED
              ? Optional.of(ExceptionKind.LATE_PAYMENT)
              : Optional.empty();
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
}
