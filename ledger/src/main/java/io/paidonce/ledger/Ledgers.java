package io.paidonce.ledger;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.LatePayment;
import io.paidonce.contract.Money;
import io.paidonce.contract.Observation;
import io.paidonce.contract.OnDeadline;
import io.paidonce.contract.OrderCancelled;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderPaid;
import io.paidonce.contract.OrderRefunded;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.TransactionKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The fold: what an input makes of an order. Pure and deterministic, times included, so that
 * folding the log again writes the same bytes.
 */
public final class Ledgers {

  private Ledgers() {}

  /**
   * What one input makes of an order.
   *
   * @param before what is known of the order
   * @param input the next input of that order in the log
   */
  public static Decision apply(OrderLedger before, OrderInput input) {
    if (!before.order().equals(input.order())) {
      throw new IllegalStateException(
          "input " + input.inputId() + " is not of order " + before.order());
    }
    OrderCommand command = input.command();
    if (command != null
        && command.expectedVersion() != null
        && command.expectedVersion() != before.version()) {
      return refuse(
          "refused: the order is at version "
              + before.version()
              + ", the command was decided at version "
              + command.expectedVersion(),
          input);
    }
    Move move = Move.of(before.status(), input.kind());
    return switch (move) {
      case PLACE -> place(before, input);
      case CONFIRM_TERMS -> confirm(before, input);
      case HOLD_PAYMENT, PAY, PAY_AGAIN, PAY_LATE -> receive(before, input);
      case APPLY_REFUND, PEND_REFUND, KEEP_REFUND, NOTE_REFUND -> refund(before, input);
      case CANCEL -> cancel(before, input);
      case SHIP ->
          advance(before, before.at(OrderStatus.SHIPPED, before.payingTransaction()), input);
      case COMPLETE ->
          advance(before, before.at(OrderStatus.COMPLETED, before.payingTransaction()), input);
      case RESOLVE -> resolve(before, input);
      case NOTE_ANSWER -> note(before, input);
      case MEET_DEADLINE -> meet(before, input);
      case ASK -> ask(before, input);
      case IGNORE_CANCEL,
          IGNORE_SHIP,
          IGNORE_COMPLETE,
          IGNORE_ANSWER,
          IGNORE_DEADLINE,
          IGNORE_ASK ->
          new Decision.Ignore(move.sentence());
      case REFUSE_PLACE,
          REFUSE_UNPLACED,
          REFUSE_UNPAID,
          REFUSE_UNSHIPPED,
          REFUSE_CANCEL_PAID,
          REFUSE_REFUNDED,
          REFUSE_CANCELLED ->
          refuse(move.sentence(), input);
    };
  }

  private static Decision place(OrderLedger before, OrderInput input) {
    OrderCommand command = requireNonNull(input.command(), "command");
    Terms terms = new Terms(command.due(), input.receivedAt(), command.policyOrDefault());
    Deadline deadline = Deadline.of(input);
    return advance(
        before, settled(before.placed(terms, deadline, Asking.of(input, deadline))), input);
  }

  private static Decision confirm(OrderLedger before, OrderInput input) {
    OrderCommand command = requireNonNull(input.command(), "command");
    Terms terms = requireNonNull(before.terms(), "terms");
    if (!command.due().equals(terms.due())) {
      return refuse(
          "refused: the order was placed with "
              + terms.due().amountMinor()
              + " "
              + terms.due().currency()
              + " minor units due, not "
              + command.due().amountMinor()
              + " "
              + command.due().currency(),
          input);
    }
    return command.policyOrDefault().equals(terms.policy())
        ? new Decision.Ignore("placed before with the same terms")
        : refuse(
            "refused: the order was placed with "
                + terms.policy()
                + ", not "
                + command.policyOrDefault(),
            input);
  }

  private static Decision receive(OrderLedger before, OrderInput input) {
    PaymentFact payment = requireNonNull(input.payment(), "payment");
    PaymentFact known = before.payment(payment.transaction());
    return known == null
        ? advance(before, settled(before.with(payment)), input)
        : knownBefore(
            Identities.fingerprint(known, input.orderNo()),
            Identities.fingerprint(payment, input.orderNo()),
            input);
  }

  private static Decision refund(OrderLedger before, OrderInput input) {
    RefundFact refund = requireNonNull(input.refund(), "refund");
    RefundFact known = before.refund(Identities.of(refund));
    return known == null
        ? advance(before, settled(before.with(refund)), input)
        : knownBefore(
            Identities.fingerprint(known, input.orderNo()),
            Identities.fingerprint(refund, input.orderNo()),
            input);
  }

  // Where the money moves the order to. What was said to others is never taken back.
  private static OrderLedger settled(OrderLedger order) {
    return switch (order.status()) {
      case UNPLACED, REFUNDED -> order;
      case PENDING -> {
        Standings.Payer payer = Standings.payer(order);
        yield payer == null
            ? order
            : order.at(
                payer.isKept() ? OrderStatus.PAID : OrderStatus.REFUNDED, payer.transaction());
      }
      case CANCELLED -> {
        Standings.Payer payer = reopens(order) ? Standings.payer(order) : null;
        yield payer != null && payer.isKept()
            ? order.at(OrderStatus.PAID, payer.transaction())
            : order;
      }
      case PAID, SHIPPED, COMPLETED ->
          Standings.nothingIsLeft(order)
              ? order.at(OrderStatus.REFUNDED, order.payingTransaction())
              : order;
    };
  }

  private static boolean reopens(OrderLedger order) {
    return requireNonNull(order.terms(), "terms").policy().latePayment() == LatePayment.REOPEN;
  }

  private static Decision note(OrderLedger before, OrderInput input) {
    Observation answer = requireNonNull(input.observation(), "observation");
    Asking asking = before.asking();
    Closing closing = before.closing();
    Closing.At at = closing == null ? null : closing.answeredBy(before.order(), answer);
    if (asking != null && at != null) {
      return advance(before, Asks.answered(before.with(answer), asking, at, answer, input), input);
    }
    Observation last = before.lastOf(answer);
    return last == null || answer.receivedAt().isAfter(last.receivedAt())
        ? advance(before, before.with(answer), input)
        : new Decision.Ignore("a newer answer of this account is known");
  }

  private static Decision cancel(OrderLedger before, OrderInput input) {
    Asking asking = before.asking();
    if (asking == null) {
      return advance(before, before.at(OrderStatus.CANCELLED, null), input);
    }
    if (asking.closing() != null) {
      return new Decision.Ignore("it is being closed already");
    }
    OrderCommand command = requireNonNull(input.command(), "command");
    return advance(
        before, Asks.close(before, asking, input, command.commandId(), command.actor()), input);
  }

  private static Decision meet(OrderLedger before, OrderInput input) {
    Deadline deadline = before.deadline();
    Instant over = input.payBy() == null ? input.receivedAt() : input.payBy();
    if (before.dueSince() != null || before.closing() != null) {
      return new Decision.Ignore("it is due already, or being closed");
    }
    if (deadline != null && over.isBefore(deadline.payBy())) {
      return new Decision.Ignore("it may be paid for longer");
    }
    OrderLedger due = before.due(over);
    Asking asking = due.asking();
    return switch (deadline == null ? OnDeadline.NONE : deadline.then()) {
      case NONE -> advance(before, due, input);
      // Nobody to ask is no answer.
      case PROVIDER ->
          asking == null
              ? advance(before, due, input)
              : advance(
                  before,
                  Asks.close(due, asking, input, input.inputId(), OrderCancelled.DEADLINE),
                  input);
      case LOCAL -> advance(before, before.at(OrderStatus.CANCELLED, null), input);
    };
  }

  private static Decision ask(OrderLedger before, OrderInput input) {
    Wake wake = before.wake();
    if (wake == null || wake.why() != Wake.Why.ASK || wake.at().isAfter(input.receivedAt())) {
      return new Decision.Ignore("nothing is to be asked yet");
    }
    Asking asking = before.asking();
    return advance(
        before,
        asking == null ? new Step(before, List.of()) : Asks.again(before, asking, input),
        input);
  }

  private static Decision resolve(OrderLedger before, OrderInput input) {
    OrderCommand command = requireNonNull(input.command(), "command");
    String id = requireNonNull(command.exceptionId(), "exceptionId");
    OpenCases.Need need = OpenCases.of(before).get(id);
    KnownCase known = before.cases().get(id);
    Long seen = command.exceptionRevision();
    if (need == null && !Cases.isOpenedElsewhere(id, before.order())) {
      return known == null
          ? refuse("refused: the order has no such exception: " + id, input)
          : new Decision.Ignore("the exception is resolved");
    }
    if (need == null) {
      return resolveOpenedElsewhere(before, id, input);
    }
    if (known != null && known.byHand()) {
      return new Decision.Ignore("the exception is resolved");
    }
    if (known != null && seen != null && seen != known.revision()) {
      return refuse(
          "refused: the exception is at revision "
              + known.revision()
              + ", the command was decided at revision "
              + seen,
          input);
    }
    return advance(before, before, input, OpenCases.resolved(before, id, need, input));
  }

  // Contradictions and refused commands change no ledger, so that only who saw one knows it.
  private static Decision resolveOpenedElsewhere(OrderLedger before, String id, OrderInput input) {
    OrderCommand command = requireNonNull(input.command(), "command");
    Long seen = command.exceptionRevision();
    if (seen == null) {
      return refuse(
          "refused: say which revision of it was seen, as exceptionRevision: " + id, input);
    }
    KnownCase known = before.cases().get(id);
    if (known != null && seen <= known.revision()) {
      return new Decision.Ignore("the exception is resolved");
    }
    return advance(before, before, input, Cases.resolvedElsewhere(before, id, seen, input));
  }

  // The second guard: intake forgets after 35 days, the ledger never does.
  private static Decision knownBefore(String first, String now, OrderInput input) {
    if (first.equals(now)) {
      return new Decision.Ignore("this fact is in the ledger");
    }
    return new Decision.Refuse(
        Cases.conflicting(
            input.order(),
            // Its own id: intake's memory of earlier contradictions, and their count, is gone.
            input.inputId() + "@" + input.source(),
            first,
            now,
            1,
            input.receivedAt(),
            input.receivedAt(),
            input.source()));
  }

  private static Decision refuse(String reason, OrderInput input) {
    return new Decision.Refuse(
        Cases.refused(requireNonNull(input.command(), "command"), reason, input));
  }

  private static Decision advance(OrderLedger before, OrderLedger moved, OrderInput input) {
    return advance(before, new Step(moved, List.of()), input);
  }

  private static Decision advance(OrderLedger before, Step moved, OrderInput input) {
    return advance(before, moved, input, OpenCases.between(before, moved.order(), input));
  }

  private static Decision advance(
      OrderLedger before, OrderLedger moved, OrderInput input, OpenCases.Change cases) {
    return advance(before, new Step(moved, List.of()), input, cases);
  }

  private static Decision advance(
      OrderLedger before, Step moved, OrderInput input, OpenCases.Change cases) {
    Step refunding = OwedRefunds.after(moved.order(), input);
    OrderLedger after = refunding.order().next(cases.known());
    OrderTransition transition =
        new OrderTransition(
            OrderTransition.SCHEMA,
            input.shop(),
            input.orderNo(),
            after.version(),
            before.status(),
            after.status(),
            input.inputId(),
            input.kind(),
            input.receivedAt(),
            input.source(),
            after.snapshot());
    return new Decision.Advance(
        after,
        transition,
        becomes(OrderStatus.PAID, before, after) ? Optional.of(paid(after)) : Optional.empty(),
        becomes(OrderStatus.CANCELLED, before, after)
            ? Optional.of(cancelled(before, after, input))
            : Optional.empty(),
        becomes(OrderStatus.REFUNDED, before, after)
            ? Optional.of(refunded(after, input))
            : Optional.empty(),
        cases.records(),
        requests(moved, refunding));
  }

  private static List<ProviderRequest> requests(Step one, Step other) {
    if (one.requests().isEmpty()) {
      return other.requests();
    }
    List<ProviderRequest> both = new ArrayList<>(one.requests());
    both.addAll(other.requests());
    return both;
  }

  private static boolean becomes(OrderStatus status, OrderLedger before, OrderLedger after) {
    return before.status() != status && after.status() == status;
  }

  private static OrderPaid paid(OrderLedger after) {
    PaymentFact payment = paying(after);
    Money due = requireNonNull(after.terms(), "terms").due();
    return new OrderPaid(
        OrderPaid.SCHEMA,
        "order-paid/" + after.order(),
        after.order().shop(),
        after.order().orderNo(),
        after.version(),
        due.amountMinor(),
        due.currency(),
        payment.provider(),
        payment.account(),
        payment.transactionId(),
        payment.occurredAt(),
        payment.receivedAt());
  }

  private static OrderRefunded refunded(OrderLedger after, OrderInput input) {
    PaymentFact payment = paying(after);
    Money due = requireNonNull(after.terms(), "terms").due();
    RefundFact last = input.refund() == null ? lastThatMoved(after) : input.refund();
    return new OrderRefunded(
        OrderRefunded.SCHEMA,
        "order-refunded/" + after.order(),
        after.order().shop(),
        after.order().orderNo(),
        after.version(),
        due.amountMinor(),
        due.currency(),
        payment.provider(),
        payment.account(),
        payment.transactionId(),
        last.occurredAt(),
        input.receivedAt());
  }

  private static PaymentFact paying(OrderLedger order) {
    TransactionKey paying = requireNonNull(order.payingTransaction(), "paying");
    return requireNonNull(order.payment(paying), "payment");
  }

  // Of an order whose refunds were known before it was placed or paid.
  private static RefundFact lastThatMoved(OrderLedger order) {
    Terms terms = requireNonNull(order.terms(), "terms");
    RefundFact last = null;
    for (RefundFact refund : order.refunds()) {
      boolean counts =
          terms.partialPayments() || refund.transaction().equals(order.payingTransaction());
      last = refund.movedMoney() && counts ? refund : last;
    }
    return requireNonNull(last, "a refund");
  }

  private static OrderCancelled cancelled(OrderLedger before, OrderLedger after, OrderInput input) {
    OrderCommand command = input.command();
    Closing closing = before.closing();
    String asked = command == null ? input.inputId() : command.commandId();
    String actor = command == null ? OrderCancelled.DEADLINE : command.actor();
    return new OrderCancelled(
        OrderCancelled.SCHEMA,
        "order-cancelled/" + after.order(),
        after.order().shop(),
        after.order().orderNo(),
        after.version(),
        closing == null ? asked : closing.commandId(),
        closing == null ? actor : closing.actor(),
        input.receivedAt());
  }
}
