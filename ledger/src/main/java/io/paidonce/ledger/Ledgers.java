package io.paidonce.ledger;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.OrderCancelled;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderPaid;
import io.paidonce.contract.OrderRefunded;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.TransactionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
    return switch (Move.of(before.status(), input.kind())) {
      case PLACE -> place(before, input);
      case CONFIRM_TERMS -> confirm(before, input);
      case HOLD_PAYMENT, PAY, PAY_AGAIN, PAY_LATE -> receive(before, input);
      case APPLY_REFUND, KEEP_REFUND, NOTE_REFUND -> refund(before, input);
      case CANCEL -> cancel(before, input);
      case IGNORE_CANCEL -> new Decision.Ignore(Move.IGNORE_CANCEL.sentence());
      case REFUSE_PLACE -> refuse(Move.REFUSE_PLACE, input);
      case REFUSE_CANCEL_UNPLACED -> refuse(Move.REFUSE_CANCEL_UNPLACED, input);
      case REFUSE_CANCEL_PAID -> refuse(Move.REFUSE_CANCEL_PAID, input);
      case REFUSE_CANCEL_REFUNDED -> refuse(Move.REFUSE_CANCEL_REFUNDED, input);
    };
  }

  private static Decision place(OrderLedger before, OrderInput input) {
    OrderCommand command = requireNonNull(input.command(), "command");
    Terms terms = new Terms(command.due(), input.receivedAt());
    List<PaymentFact> fitting =
        before.payments().stream()
            .filter(payment -> Standings.mismatch(terms, payment).isEmpty())
            .toList();
    // Money that is still here pays before money that went back.
    PaymentFact paying =
        fitting.stream()
            .filter(payment -> !before.refundsOfPayments().isFull(payment))
            .findFirst()
            .orElse(fitting.isEmpty() ? null : fitting.get(0));
    OrderLedger after =
        new OrderLedger(
            before.order(),
            before.version() + 1,
            paying == null ? OrderStatus.PENDING : paidBy(paying, before.refundsOfPayments()),
            terms,
            before.payments(),
            before.refunds(),
            paying == null ? null : paying.transaction(),
            before.cases());
    return advance(before, after, input);
  }

  // Goods for money that went back already would be given away: such an order is never called paid.
  private static OrderStatus paidBy(PaymentFact paying, Refunds refunds) {
    return refunds.isFull(paying) ? OrderStatus.REFUNDED : OrderStatus.PAID;
  }

  private static Decision confirm(OrderLedger before, OrderInput input) {
    OrderCommand command = requireNonNull(input.command(), "command");
    Terms terms = requireNonNull(before.terms(), "terms");
    if (command.due().equals(terms.due())) {
      return new Decision.Ignore("placed before with the same amount due");
    }
    return new Decision.Refuse(
        Cases.refused(
            command,
            "refused: the order was placed with "
                + terms.due().amountMinor()
                + " "
                + terms.due().currency()
                + " minor units due, not "
                + command.due().amountMinor()
                + " "
                + command.due().currency(),
            input));
  }

  private static Decision receive(OrderLedger before, OrderInput input) {
    PaymentFact payment = requireNonNull(input.payment(), "payment");
    Optional<PaymentFact> known = before.payment(payment.transaction());
    if (known.isPresent()) {
      return knownBefore(
          Identities.fingerprint(known.get(), input.orderNo()),
          Identities.fingerprint(payment, input.orderNo()),
          input);
    }
    List<PaymentFact> payments = new ArrayList<>(before.payments());
    payments.add(payment);
    Terms terms = before.terms();
    boolean pays =
        terms != null
            && before.status() == OrderStatus.PENDING
            && Standings.mismatch(terms, payment).isEmpty();
    OrderLedger after =
        new OrderLedger(
            before.order(),
            before.version() + 1,
            pays ? paidBy(payment, before.refundsOfPayments()) : before.status(),
            terms,
            payments,
            before.refunds(),
            pays ? payment.transaction() : before.payingTransaction(),
            before.cases());
    return advance(before, after, input);
  }

  private static Decision refund(OrderLedger before, OrderInput input) {
    RefundFact refund = requireNonNull(input.refund(), "refund");
    Optional<RefundFact> known = before.refund(Identities.of(refund));
    if (known.isPresent()) {
      return knownBefore(
          Identities.fingerprint(known.get(), input.orderNo()),
          Identities.fingerprint(refund, input.orderNo()),
          input);
    }
    List<RefundFact> refunds = new ArrayList<>(before.refunds());
    refunds.add(refund);
    boolean nothingIsLeft =
        before.status() == OrderStatus.PAID
            && before
                .payment(requireNonNull(before.payingTransaction(), "paying"))
                .filter(new Refunds(refunds)::isFull)
                .isPresent();
    OrderLedger after =
        new OrderLedger(
            before.order(),
            before.version() + 1,
            nothingIsLeft ? OrderStatus.REFUNDED : before.status(),
            before.terms(),
            before.payments(),
            refunds,
            before.payingTransaction(),
            before.cases());
    return advance(before, after, input);
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

  private static Decision cancel(OrderLedger before, OrderInput input) {
    OrderLedger after =
        new OrderLedger(
            before.order(),
            before.version() + 1,
            OrderStatus.CANCELLED,
            before.terms(),
            before.payments(),
            before.refunds(),
            null,
            before.cases());
    return advance(before, after, input);
  }

  private static Decision refuse(Move move, OrderInput input) {
    return new Decision.Refuse(
        Cases.refused(requireNonNull(input.command(), "command"), move.sentence(), input));
  }

  private static Decision advance(OrderLedger before, OrderLedger moved, OrderInput input) {
    OpenCases.Change cases = OpenCases.between(before, moved, input);
    OrderLedger after = moved.withCases(cases.known());
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
            ? Optional.of(cancelled(after, input))
            : Optional.empty(),
        becomes(OrderStatus.REFUNDED, before, after)
            ? Optional.of(refunded(after, input))
            : Optional.empty(),
        cases.records());
  }

  private static boolean becomes(OrderStatus status, OrderLedger before, OrderLedger after) {
    return before.status() != status && after.status() == status;
  }

  private static OrderPaid paid(OrderLedger after) {
    @Nullable TransactionKey paying = after.payingTransaction();
    PaymentFact payment = after.payment(requireNonNull(paying, "paying")).orElseThrow();
    return new OrderPaid(
        OrderPaid.SCHEMA,
        "order-paid/" + after.order(),
        after.order().shop(),
        after.order().orderNo(),
        after.version(),
        payment.amountMinor(),
        payment.currency(),
        payment.provider(),
        payment.account(),
        payment.transactionId(),
        payment.occurredAt(),
        payment.receivedAt());
  }

  private static OrderRefunded refunded(OrderLedger after, OrderInput input) {
    @Nullable TransactionKey paying = after.payingTransaction();
    PaymentFact payment = after.payment(requireNonNull(paying, "paying")).orElseThrow();
    RefundFact last =
        after.refunds().stream()
            .filter(refund -> refund.movedMoney() && refund.transaction().equals(paying))
            .reduce((earlier, later) -> later)
            .orElseThrow();
    return new OrderRefunded(
        OrderRefunded.SCHEMA,
        "order-refunded/" + after.order(),
        after.order().shop(),
        after.order().orderNo(),
        after.version(),
        payment.amountMinor(),
        payment.currency(),
        payment.provider(),
        payment.account(),
        payment.transactionId(),
        last.occurredAt(),
        input.receivedAt());
  }

  private static OrderCancelled cancelled(OrderLedger after, OrderInput input) {
    OrderCommand command = requireNonNull(input.command(), "command");
    return new OrderCancelled(
        OrderCancelled.SCHEMA,
        "order-cancelled/" + after.order(),
        after.order().shop(),
        after.order().orderNo(),
        after.version(),
        command.commandId(),
        command.actor(),
        input.receivedAt());
  }
}
