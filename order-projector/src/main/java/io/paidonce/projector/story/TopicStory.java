package io.paidonce.projector.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.CommandOutcome;
import io.paidonce.contract.DeadLetter;
import io.paidonce.contract.DeadLetterRedrive;
import io.paidonce.contract.ExceptionCase;
import io.paidonce.contract.NotificationReceipt;
import io.paidonce.contract.Observation;
import io.paidonce.contract.OrderCancelled;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.OrderPaid;
import io.paidonce.contract.OrderPayment;
import io.paidonce.contract.OrderRefunded;
import io.paidonce.contract.OrderSnapshot;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.PaymentPolicy;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.TransactionKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An order's rows made from the topics alone, in the form that the read store's answer has: for
 * when PostgreSQL is away, and to compare.
 */
public final class TopicStory {

  private final OrderKey order;
  private final Map<Long, Placed<OrderTransition>> history = new TreeMap<>();
  private final Map<String, NotificationReceipt> receipts = new HashMap<>();
  private final Map<String, ExceptionCase> exceptions = new HashMap<>();
  private final List<Placed<PaymentNotification>> notifications = new ArrayList<>();
  private final List<Placed<ProviderRequest>> requests = new ArrayList<>();
  private final List<Placed<OrderCommand>> commands = new ArrayList<>();
  private final List<Placed<CommandOutcome>> outcomes = new ArrayList<>();
  private final List<Placed<DeadLetter>> letters = new ArrayList<>();
  private final List<Placed<DeadLetterRedrive>> redrives = new ArrayList<>();
  private @Nullable OrderPaid paid;
  private @Nullable OrderCancelled cancelled;
  private @Nullable OrderRefunded refunded;

  private record Placed<V>(V value, RecordCoordinates at) {}

  public TopicStory(OrderKey order) {
    this.order = order;
  }

  /** Takes a record if it is of this order; a redrive, of whatever order it is. */
  public void take(RecordCoordinates at, Object value, Optional<OrderKey> letterOf) {
    if (value instanceof OrderTransition t && t.order().equals(order)) {
      history.putIfAbsent(t.version(), new Placed<>(t, at));
    } else if (value instanceof NotificationReceipt r && isOurs(r.shop(), r.orderNo())) {
      receipts.merge(
          r.identity(), r, (one, other) -> other.revision() > one.revision() ? other : one);
    } else if (value instanceof ExceptionCase c && c.order().equals(order)) {
      exceptions.merge(
          c.exceptionId(), c, (one, other) -> other.revision() > one.revision() ? other : one);
    } else if (value instanceof PaymentNotification n && isOurs(n.shop(), n.orderNo())) {
      notifications.add(new Placed<>(n, at));
    } else if (value instanceof ProviderRequest r && r.order().equals(order)) {
      requests.add(new Placed<>(r, at));
    } else if (value instanceof OrderCommand c && c.order().equals(order)) {
      commands.add(new Placed<>(c, at));
    } else if (value instanceof CommandOutcome o && o.order().equals(order)) {
      outcomes.add(new Placed<>(o, at));
    } else if (value instanceof DeadLetter d && letterOf.filter(order::equals).isPresent()) {
      letters.add(new Placed<>(d, at));
    } else if (value instanceof DeadLetterRedrive r) {
      redrives.add(new Placed<>(r, at));
    } else if (value instanceof OrderPaid p && p.order().equals(order) && paid == null) {
      paid = p;
    } else if (value instanceof OrderCancelled c && c.order().equals(order) && cancelled == null) {
      cancelled = c;
    } else if (value instanceof OrderRefunded r && r.order().equals(order) && refunded == null) {
      refunded = r;
    }
  }

  private boolean isOurs(String shop, @Nullable String orderNo) {
    return shop.equals(order.shop()) && order.orderNo().equals(orderNo);
  }

  /** The whole story; nothing, where no record is of it. */
  public Optional<ObjectNode> tell() {
    boolean isKnown =
        !(history.isEmpty()
                && receipts.isEmpty()
                && exceptions.isEmpty()
                && notifications.isEmpty()
                && requests.isEmpty()
                && commands.isEmpty()
                && outcomes.isEmpty()
                && letters.isEmpty())
            || paid != null
            || cancelled != null
            || refunded != null;
    return isKnown ? Optional.of(Storyteller.tell(rows())) : Optional.empty();
  }

  private ObjectNode rows() {
    ObjectNode rows = JsonNodeFactory.instance.objectNode();
    rows.put("shop", order.shop()).put("orderNo", order.orderNo());
    history.values().stream().reduce((one, later) -> later).ifPresent(last -> state(rows, last));
    events(rows);
    OrderSnapshot after =
        history.values().stream()
            .reduce((one, later) -> later)
            .map(last -> last.value().after())
            .orElse(null);
    rows.set("payments", after == null ? array() : payments(after));
    rows.set("refunds", after == null ? array() : refunds(after));
    rows.set("balances", after == null ? array() : balances(after));
    rows.set("history", all(history.values(), TopicStory::transition));
    rows.set(
        "deliveries",
        all(
            receipts.values().stream()
                .sorted(
                    Comparator.comparing(NotificationReceipt::firstReceivedAt)
                        .thenComparing(NotificationReceipt::identity))
                .toList(),
            TopicStory::receipt));
    rows.set(
        "notifications",
        all(sorted(notifications, PaymentNotification::receivedAt), TopicStory::notification));
    rows.set("requests", all(sorted(requests, ProviderRequest::requestedAt), TopicStory::request));
    rows.set(
        "exceptions",
        all(
            exceptions.values().stream()
                .sorted(
                    Comparator.comparing(ExceptionCase::openedAt)
                        .thenComparing(ExceptionCase::exceptionId))
                .toList(),
            TopicStory::exception));
    rows.set("commandRecords", all(inLogOrder(commands), TopicStory::command));
    rows.set("outcomes", all(inLogOrder(outcomes), TopicStory::outcome));
    rows.set("deadLetters", all(sorted(letters, DeadLetter::at), this::letter));
    return rows;
  }

  private static void state(ObjectNode rows, Placed<OrderTransition> last) {
    OrderTransition t = last.value();
    OrderSnapshot after = t.after();
    PaymentPolicy policy = after.policy() == null ? PaymentPolicy.DEFAULT : after.policy();
    Row row = new Row(rows);
    row.text("status", after.status().name()).number("version", t.version());
    row.number("amountDueMinor", after.amountDueMinor()).text("currency", after.currency());
    row.time("placedAt", after.placedAt());
    rows.put("partialPayments", policy.partialPayments());
    row.text("latePayment", policy.latePayment().name()).time("dueSince", after.dueSince());
    row.time("updatedAt", t.at());
    TransactionKey paying = after.payingTransaction();
    if (paying != null) {
      row.text("payingProvider", paying.provider());
      row.text("payingAccount", paying.account());
      row.text("payingTransactionId", paying.transactionId());
    }
  }

  private void events(ObjectNode rows) {
    OrderPaid p = paid;
    if (p != null) {
      Row row = new Row(rows.putObject("paid"));
      row.text("eventId", p.eventId()).number("orderVersion", p.orderVersion());
      row.number("amountMinor", p.amountMinor()).text("currency", p.currency());
      row.text("provider", p.provider()).text("account", p.account());
      row.text("transactionId", p.transactionId());
      row.time("paidAt", p.paidAt()).time("receivedAt", p.receivedAt());
    }
    OrderCancelled c = cancelled;
    if (c != null) {
      Row row = new Row(rows.putObject("cancelled"));
      row.text("eventId", c.eventId()).number("orderVersion", c.orderVersion());
      row.text("commandId", c.commandId()).text("actor", c.actor()).time("at", c.at());
    }
    OrderRefunded r = refunded;
    if (r != null) {
      Row row = new Row(rows.putObject("refunded"));
      row.text("eventId", r.eventId()).number("orderVersion", r.orderVersion());
      row.number("amountMinor", r.amountMinor()).text("currency", r.currency());
      row.text("provider", r.provider()).text("account", r.account());
      row.text("transactionId", r.transactionId());
      row.time("refundedAt", r.refundedAt()).time("receivedAt", r.receivedAt());
    }
  }

  private static ArrayNode payments(OrderSnapshot after) {
    Comparator<OrderPayment> order =
        Comparator.comparing((OrderPayment p) -> p.fact().receivedAt())
            .thenComparing(p -> p.fact().provider())
            .thenComparing(p -> p.fact().account())
            .thenComparing(p -> p.fact().transactionId());
    return all(
        after.payments().stream().sorted(order).toList(),
        payment -> {
          PaymentFact fact = payment.fact();
          Row row = new Row();
          row.text("provider", fact.provider()).text("account", fact.account());
          row.text("transactionId", fact.transactionId());
          row.number("amountMinor", fact.amountMinor()).text("currency", fact.currency());
          row.text("standing", payment.standing().name());
          row.number("refundedMinor", payment.refundedMinor());
          row.number("excessMinor", payment.excessMinor());
          row.text("payee", fact.payee()).text("expectedPayee", fact.expectedPayee());
          row.time("occurredAt", fact.occurredAt()).time("receivedAt", fact.receivedAt());
          return row.text("witness", fact.witness().name()).node();
        });
  }

  private static ArrayNode refunds(OrderSnapshot after) {
    Comparator<RefundFact> order =
        Comparator.comparing(RefundFact::receivedAt)
            .thenComparing(RefundFact::provider)
            .thenComparing(RefundFact::account)
            .thenComparing(RefundFact::transactionId)
            .thenComparing(RefundFact::refundId)
            .thenComparing(r -> r.outcome().name())
            .thenComparing(TopicStory::identityTotal);
    return all(
        after.refunds().stream().sorted(order).toList(),
        fact -> {
          Row row = new Row();
          row.text("provider", fact.provider()).text("account", fact.account());
          row.text("transactionId", fact.transactionId()).text("refundId", fact.refundId());
          row.text("merchantRefundNo", fact.merchantRefundNo());
          row.text("outcome", fact.outcome().name()).number("amountMinor", fact.amountMinor());
          row.number("refundedTotalMinor", fact.refundedTotalMinor());
          row.number("transactionAmountMinor", fact.transactionAmountMinor());
          row.text("currency", fact.currency()).time("occurredAt", fact.occurredAt());
          return row.time("receivedAt", fact.receivedAt())
              .text("witness", fact.witness().name())
              .node();
        });
  }

  private static long identityTotal(RefundFact fact) {
    Long total = fact.refundedTotalMinor();
    return fact.amountMinor() == null && total != null ? total : 0;
  }

  private static ArrayNode balances(OrderSnapshot after) {
    return all(
        after.balances().stream().sorted(Comparator.comparing(b -> b.currency())).toList(),
        balance -> {
          Row row = new Row().text("currency", balance.currency());
          row.number("receivedMinor", balance.receivedMinor());
          row.number("appliedMinor", balance.appliedMinor());
          row.number("owedBackMinor", balance.owedBackMinor());
          row.number("suspenseMinor", balance.suspenseMinor());
          return row.number("refundedMinor", balance.refundedMinor()).node();
        });
  }

  private static ObjectNode transition(Placed<OrderTransition> placed) {
    OrderTransition t = placed.value();
    Row row = new Row().number("version", t.version());
    row.text("from", t.from().name()).text("to", t.to().name()).text("cause", t.cause().name());
    return row.text("inputId", t.inputId()).time("at", t.at()).place("source", t.source()).node();
  }

  private static ObjectNode receipt(NotificationReceipt r) {
    Row row = new Row().text("identity", r.identity());
    row.number("deliveries", r.deliveries()).number("conflicts", r.conflicts());
    row.time("firstReceivedAt", r.firstReceivedAt()).time("lastReceivedAt", r.lastReceivedAt());
    ArrayNode witnesses = row.node().putArray("witnesses");
    r.witnesses().forEach(witness -> witnesses.add(witness.name()));
    ArrayNode keyIds = row.node().putArray("keyIds");
    r.keyIds().forEach(keyIds::add);
    return row.place("first", r.first()).number("revision", r.revision()).node();
  }

  private static ObjectNode notification(Placed<PaymentNotification> placed) {
    PaymentNotification n = placed.value();
    Row row = new Row().text("deliveryId", n.deliveryId()).text("provider", n.provider());
    row.text("account", n.account()).text("protocol", n.protocol()).text("kind", n.kind().name());
    row.text("eventType", n.eventType()).text("notificationId", n.notificationId());
    row.text("authentication", n.authentication().name()).text("witness", n.witness().name());
    row.text("keyId", n.evidence().keyId()).time("receivedAt", n.receivedAt());
    PaymentFact payment = n.payment();
    if (payment != null) {
      row.text("transactionId", payment.transactionId());
      row.number("amountMinor", payment.amountMinor()).text("currency", payment.currency());
    }
    RefundFact refund = n.refund();
    if (refund != null) {
      row.text("transactionId", refund.transactionId()).text("refundId", refund.refundId());
      row.text("refundOutcome", refund.outcome().name());
      row.number("amountMinor", refund.amountMinor()).text("currency", refund.currency());
    }
    Observation answer = n.observation();
    if (answer != null) {
      row.text("requestId", answer.requestId()).number("attempt", (long) answer.attempt());
      row.text("answer", answer.answer().name());
    }
    row.text("detail", Detail.of(n));
    return row.place("source", placed.at()).node();
  }

  private static ObjectNode request(Placed<ProviderRequest> placed) {
    ProviderRequest r = placed.value();
    Row row = new Row().text("requestId", r.requestId()).number("attempt", (long) r.attempt());
    row.text("kind", r.kind().name()).text("provider", r.provider()).text("account", r.account());
    row.text("transactionId", r.transactionId()).text("refundNo", r.refundNo());
    row.number("amountMinor", r.amountMinor()).number("paymentMinor", r.paymentMinor());
    row.text("currency", r.currency()).record("combined", r.combined());
    row.text("reason", r.reason());
    row.number("orderVersion", r.orderVersion()).time("requestedAt", r.requestedAt());
    return row.time("until", r.until()).place("source", placed.at()).node();
  }

  private static ObjectNode exception(ExceptionCase c) {
    Row row = new Row().text("exceptionId", c.exceptionId()).text("kind", c.kind().name());
    row.text("state", c.state().name()).number("revision", c.revision());
    row.text("suggestedAction", c.suggestedAction());
    ObjectNode evidence = row.node().putObject("evidence");
    c.evidence().forEach(evidence::put);
    return row.time("openedAt", c.openedAt()).time("at", c.at()).place("source", c.source()).node();
  }

  private static ObjectNode command(Placed<OrderCommand> placed) {
    OrderCommand c = placed.value();
    Row row = new Row().text("commandId", c.commandId()).text("kind", c.kind().name());
    row.text("actor", c.actor()).number("amountDueMinor", c.amountDueMinor());
    row.text("currency", c.currency()).number("expectedVersion", c.expectedVersion());
    row.text("exceptionId", c.exceptionId()).number("exceptionRevision", c.exceptionRevision());
    row.text("reason", c.reason()).time("issuedAt", c.issuedAt());
    return row.place("source", placed.at()).node();
  }

  private static ObjectNode outcome(Placed<CommandOutcome> placed) {
    CommandOutcome o = placed.value();
    Row row = new Row().text("commandId", o.commandId()).text("kind", o.kind().name());
    row.text("actor", o.actor()).text("result", o.result().name()).text("reason", o.reason());
    return row.time("at", o.at()).place("source", o.source()).node();
  }

  private ObjectNode letter(Placed<DeadLetter> placed) {
    DeadLetter d = placed.value();
    Row row = new Row().text("id", placed.at().partition() + ":" + placed.at().offset());
    row.text("reason", d.reason().name()).text("detail", d.detail()).text("origin", d.origin());
    row.time("at", d.at());
    RecordCoordinates source = d.source();
    if (source != null) {
      row.place("source", source);
    }
    ArrayNode again = row.node().putArray("redrives");
    inLogOrder(redrives).stream()
        .map(Placed::value)
        .filter(r -> r.deadLetter().partition() == placed.at().partition())
        .filter(r -> r.deadLetter().offset() == placed.at().offset())
        .forEach(
            r ->
                again.add(
                    new Row()
                        .text("actor", r.actor())
                        .text("why", r.why())
                        .number("times", (long) r.times())
                        .time("at", r.at())
                        .node()));
    return row.node();
  }

  private static <V, T extends Comparable<? super T>> List<Placed<V>> sorted(
      List<Placed<V>> placed, Function<V, T> by) {
    return placed.stream()
        .sorted(
            Comparator.comparing((Placed<V> one) -> by.apply(one.value()))
                .thenComparing(one -> one.at().partition())
                .thenComparing(one -> one.at().offset()))
        .toList();
  }

  private static <V> List<Placed<V>> inLogOrder(List<Placed<V>> placed) {
    return placed.stream()
        .sorted(
            Comparator.comparing((Placed<V> one) -> one.at().partition())
                .thenComparing(one -> one.at().offset()))
        .toList();
  }

  private static <V> ArrayNode all(Iterable<V> values, Function<V, ? extends JsonNode> row) {
    ArrayNode all = array();
    values.forEach(value -> all.add(row.apply(value)));
    return all;
  }

  private static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }
}
