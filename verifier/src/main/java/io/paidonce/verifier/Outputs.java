package io.paidonce.verifier;

import io.paidonce.contract.ExceptionCase;
import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.ExceptionState;
import io.paidonce.contract.NotificationReceipt;
import io.paidonce.contract.OrderCancelled;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.OrderPaid;
import io.paidonce.contract.OrderRefunded;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.TransactionKey;
import io.paidonce.contract.UnreadableRecordException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** What came out, laid beside what went in; finds at once what a single record gives away. */
final class Outputs {

  private final Facts facts;
  private final Findings findings;
  private final Map<String, OpenCase> cases = new HashMap<>();

  private record OpenCase(OrderKey order, ExceptionKind kind, ExceptionState state, long revision) {
    static OpenCase newest(OpenCase one, OpenCase other) {
      return other.revision > one.revision ? other : one;
    }
  }

  Outputs(Facts facts, Findings findings) {
    this.facts = facts;
    this.findings = findings;
  }

  void read(Log log) {
    read(log, Topics.NOTIFICATION_RECEIPTS, NotificationReceipt::identity, this::receipt);
    read(log, Topics.ORDER_TRANSITIONS, t -> t.order().toString(), this::transition);
    read(log, Topics.ORDER_PAID, p -> p.order().toString(), this::paid);
    read(log, Topics.ORDER_CANCELLED, c -> c.order().toString(), this::cancelled);
    read(log, Topics.ORDER_REFUNDED, r -> r.order().toString(), this::refunded);
    read(log, Topics.PAYMENT_EXCEPTIONS, c -> c.order().toString(), this::exception);
    read(log, Topics.PROVIDER_REQUESTS, r -> r.order().toString(), this::request);
  }

  /** Cases that wait for somebody, by order and kind. */
  Map<OrderKey, Map<ExceptionKind, Integer>> open() {
    Map<OrderKey, Map<ExceptionKind, Integer>> open = new HashMap<>();
    for (OpenCase one : cases.values()) {
      if (one.state() == ExceptionState.OPEN) {
        open.computeIfAbsent(one.order(), o -> new EnumMap<>(ExceptionKind.class))
            .merge(one.kind(), 1, Integer::sum);
      }
    }
    return open;
  }

  /** Whether this was ever opened. */
  boolean isCase(String exceptionId) {
    return cases.containsKey(exceptionId);
  }

  /** Cases of an order that are resolved and that a person asked to resolve, by kind. */
  Map<ExceptionKind, Integer> resolvedByHand(OrderFile file) {
    Map<ExceptionKind, Integer> resolved = new EnumMap<>(ExceptionKind.class);
    Set<String> seen = new HashSet<>();
    for (Command command : file.commands()) {
      String id = command.exceptionId();
      OpenCase one = id == null ? null : cases.get(id);
      if (one != null
          && one.order().equals(file.order())
          && one.state() == ExceptionState.RESOLVED
          && seen.add(id)) {
        resolved.merge(one.kind(), 1, Integer::sum);
      }
    }
    return resolved;
  }

  private <V> void read(
      Log log, Topic<V> topic, Function<V, String> keyOf, BiConsumer<RecordCoordinates, V> each) {
    log.read(
        topic,
        keyOf,
        new Log.Visitor<V>() {
          @Override
          public void record(RecordCoordinates at, V value) {
            each.accept(at, value);
          }

          @Override
          public void unreadable(RecordCoordinates at, UnreadableRecordException why) {
            Unreadable.ofOurs(findings, at, why);
          }
        });
  }

  private void receipt(RecordCoordinates at, NotificationReceipt receipt) {
    if (facts.unrecognised().remove(receipt.first())) {
      return;
    }
    Optional<Tally> tally = facts.firstAt(receipt.first()).filter(t -> t.isOf(receipt));
    if (tally.isPresent()) {
      tally.get().countedByReceipt(receipt.deliveries());
    } else {
      findings.add(
          Fault.UNDISPOSED,
          at
              + ": the receipt of "
              + receipt.identity()
              + " names "
              + receipt.first()
              + ", which is not its first record");
    }
  }

  private void transition(RecordCoordinates at, OrderTransition transition) {
    OrderFile file = facts.order(transition.order());
    TransactionKey paying = transition.after().payingTransaction();
    long before = file.version();
    if (!file.add(transition, paying == null ? null : facts.shared(paying))) {
      findings.add(
          Fault.VERSION_GAP,
          at
              + ": order "
              + transition.order()
              + " goes from version "
              + before
              + " to "
              + transition.version());
    }
  }

  private void paid(RecordCoordinates at, OrderPaid paid) {
    OrderFile file = facts.order(paid.order());
    OrderFile.Event first =
        new OrderFile.Event(
            facts.shared(paid.transaction()), paid.amountMinor(), paid.currency().intern());
    if (!file.addPaid(first)) {
      findings.add(
          Fault.PAID_TWICE, at + ": order " + paid.order() + " has an order-paid before this one");
      return;
    }
    TransactionFile transaction = facts.transaction(paid.transaction());
    if (transaction != null) {
      OrderKey before = transaction.pays(file.order());
      if (before != null) {
        findings.add(
            Fault.PAID_TWICE,
            at
                + ": transaction "
                + paid.transaction()
                + " pays order "
                + paid.order()
                + " and paid order "
                + before
                + " before");
      }
    }
  }

  private void refunded(RecordCoordinates at, OrderRefunded refunded) {
    OrderFile file = facts.order(refunded.order());
    OrderFile.Event first =
        new OrderFile.Event(
            facts.shared(refunded.transaction()),
            refunded.amountMinor(),
            refunded.currency().intern());
    if (!file.addRefunded(first)) {
      findings.add(
          Fault.REFUNDED_TWICE,
          at + ": order " + refunded.order() + " has an order-refunded before this one");
      return;
    }
    TransactionFile transaction = facts.transaction(refunded.transaction());
    OrderKey before = transaction == null ? null : transaction.refunds(file.order());
    if (before != null) {
      findings.add(
          Fault.REFUNDED_TWICE,
          at
              + ": the refund of transaction "
              + refunded.transaction()
              + " takes back order "
              + refunded.order()
              + " and took back order "
              + before
              + " before");
    }
  }

  private void cancelled(RecordCoordinates at, OrderCancelled cancelled) {
    facts.order(cancelled.order()).addCancelled();
  }

  private void request(RecordCoordinates at, ProviderRequest request) {
    facts.order(request.order()).add(request);
  }

  private void exception(RecordCoordinates at, ExceptionCase one) {
    cases.merge(
        one.exceptionId(),
        new OpenCase(one.order(), one.kind(), one.state(), one.revision()),
        OpenCase::newest);
  }
}
