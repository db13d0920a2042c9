package io.paidonce.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.Authentication;
import io.paidonce.contract.Balance;
import io.paidonce.contract.Combination;
import io.paidonce.contract.CommandOutcome;
import io.paidonce.contract.CommandResult;
import io.paidonce.contract.DeadLetter;
import io.paidonce.contract.DeadLetterReason;
import io.paidonce.contract.DeadLetterRedrive;
import io.paidonce.contract.EventHead;
import io.paidonce.contract.ExceptionCase;
import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.ExceptionState;
import io.paidonce.contract.InputKind;
import io.paidonce.contract.Money;
import io.paidonce.contract.NotificationReceipt;
import io.paidonce.contract.OrderCancelled;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.OrderPaid;
import io.paidonce.contract.OrderPayment;
import io.paidonce.contract.OrderRefunded;
import io.paidonce.contract.OrderSnapshot;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.PaymentStanding;
import io.paidonce.contract.ProviderAccount;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.contract.RejectedCallback;
import io.paidonce.contract.Rejection;
import io.paidonce.contract.RequestKind;
import io.paidonce.contract.SubOrder;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.TransactionKey;
import io.paidonce.contract.Witness;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a system at rest has written, by hand: a paid order that was reported twice, one never
 * placed, one cancelled and then paid, one placed and unpaid. A test spoils one thing and writes
 * it.
 */
final class World {

  static final long DUE = 1200;
  static final TransactionKey T1 = key("4200000001");
  static final TransactionKey T2 = key("4200000002");
  static final TransactionKey T3 = key("4200000003");
  static final TransactionKey T15 = key("4200000015");
  static final TransactionKey T16 = key("4200000016");
  static final TransactionKey T17 = key("4200000017");

  static final RecordCoordinates SOURCE = new RecordCoordinates("order-inputs", 0, 1);

  final List<PaymentNotification> notifications = new ArrayList<>();
  final List<OrderCommand> commands = new ArrayList<>();
  final Map<TransactionKey, Long> deliveries = new LinkedHashMap<>();
  // Of what is no payment, by identity.
  final Map<String, Long> otherDeliveries = new LinkedHashMap<>();
  final List<OrderTransition> transitions = new ArrayList<>();
  final List<OrderPaid> paid = new ArrayList<>();
  final List<OrderCancelled> cancelled = new ArrayList<>();
  final List<OrderRefunded> refunded = new ArrayList<>();
  final List<ExceptionCase> cases = new ArrayList<>();
  final List<DeadLetter> deadLetters = new ArrayList<>();
  final List<NotificationReceipt> receipts = new ArrayList<>();
  // Records of which the read store keeps each one, by where they were written.
  final Map<RecordCoordinates, Object> places = new LinkedHashMap<>();
  boolean poisonIsKept = true;

  /** Where records go. */
  interface Writer {
    RecordCoordinates write(ProducerRecord<byte[], byte[]> record);
  }

  World(Wechat wechat) {
    PaymentNotification first = wechat.notification(T1.transactionId(), "ORDER-1", DUE);
    PaymentNotification unknown = wechat.notification(T2.transactionId(), "ORDER-2", DUE);
    PaymentNotification late = wechat.notification(T3.transactionId(), "ORDER-3", DUE);
    notifications.addAll(
        List.of(first, wechat.notification(T1.transactionId(), "ORDER-1", DUE), unknown, late));
    deliveries.put(T1, 2L);
    deliveries.put(T2, 1L);
    deliveries.put(T3, 1L);
    for (String order : List.of("ORDER-1", "ORDER-3", "ORDER-4")) {
      commands.add(
          OrderCommand.place(
              order(order), Money.of(DUE, "CNY"), "place-" + order, "shop", Wechat.NOW));
    }
    commands.add(OrderCommand.cancel(order("ORDER-3"), "cancel-3", "shop", Wechat.NOW));

    transitions.add(
        transition("ORDER-1", 1, OrderStatus.UNPLACED, OrderStatus.PENDING, null, null));
    transitions.add(
        transition(
            "ORDER-1",
            2,
            OrderStatus.PENDING,
            OrderStatus.PAID,
            fact(first),
            PaymentStanding.APPLIED));
    transitions.add(
        transition(
            "ORDER-2",
            1,
            OrderStatus.UNPLACED,
            OrderStatus.UNPLACED,
            fact(unknown),
            PaymentStanding.SUSPENSE));
    transitions.add(
        transition("ORDER-3", 1, OrderStatus.UNPLACED, OrderStatus.PENDING, null, null));
    transitions.add(
        transition("ORDER-3", 2, OrderStatus.PENDING, OrderStatus.CANCELLED, null, null));
    transitions.add(
        transition(
            "ORDER-3",
            3,
            OrderStatus.CANCELLED,
            OrderStatus.CANCELLED,
            fact(late),
            PaymentStanding.OWED_BACK));
    transitions.add(
        transition("ORDER-4", 1, OrderStatus.UNPLACED, OrderStatus.PENDING, null, null));

    paid.add(orderPaid("ORDER-1", T1));
    cancelled.add(
        new OrderCancelled(
            1,
            "order-cancelled/ORDER-3",
            Wechat.SHOP,
            "ORDER-3",
            2,
            "cancel-3",
            "shop",
            Wechat.NOW));
    cases.add(open(ExceptionKind.UNKNOWN_ORDER, "ORDER-2", T2));
    cases.add(open(ExceptionKind.LATE_PAYMENT, "ORDER-3", T3));
    deadLetters.add(
        deadLetter(null, "/callbacks/wechat-v3/1900000001", "not what WeChat documents"));
  }

  /**
   * And an order refunded in two parts, of which one was stuck at first; one refunded in part, of
   * which only the total is told; one whose payment and full refund came in one callback; and the
   * unpaid trade of the pending one, closed.
   */
  World withRefunds(Wechat wechat) {
    PaymentNotification first = wechat.notification(T15.transactionId(), "ORDER-15", DUE);
    PaymentNotification part =
        wechat.refund(T15.transactionId(), "ORDER-15", "R1", RefundOutcome.SUCCEEDED, 200L, null);
    PaymentNotification stuck =
        wechat.refund(T15.transactionId(), "ORDER-15", "R2", RefundOutcome.ABNORMAL, 1000L, null);
    PaymentNotification rest =
        wechat.refund(T15.transactionId(), "ORDER-15", "R2", RefundOutcome.SUCCEEDED, 1000L, null);
    PaymentNotification other = wechat.notification(T16.transactionId(), "ORDER-16", DUE);
    PaymentNotification total =
        wechat.refund(
            T16.transactionId(), "ORDER-16", RefundFact.FULL, RefundOutcome.SUCCEEDED, null, 500L);
    List<PaymentNotification> both =
        wechat.oneCallback(
            wechat.refund(
                T17.transactionId(), "ORDER-17", "R3", RefundOutcome.SUCCEEDED, null, DUE),
            wechat.notification(T17.transactionId(), "ORDER-17", DUE));
    notifications.addAll(List.of(first, part, part, stuck, rest, other, total));
    notifications.addAll(both);
    notifications.add(wechat.closed("ORDER-4"));
    List.of(T15, T16, T17).forEach(transaction -> deliveries.put(transaction, 1L));
    for (PaymentNotification one : notifications) {
      if (one.payment() == null) {
        otherDeliveries.merge(identity(one), 1L, Long::sum);
      }
    }
    for (String order : List.of("ORDER-15", "ORDER-16", "ORDER-17")) {
      commands.add(
          OrderCommand.place(
              order(order), Money.of(DUE, "CNY"), "place-" + order, "shop", Wechat.NOW));
      transitions.add(transition(order, 1, OrderStatus.UNPLACED, OrderStatus.PENDING, null, null));
    }
    PaymentFact paid15 = fact(first);
    PaymentFact paid16 = fact(other);
    PaymentFact paid17 = fact(both.get(1));
    transitions.add(
        refund("ORDER-15", 2, OrderStatus.PENDING, OrderStatus.PAID, paid15, 0, List.of()));
    transitions.add(
        refund(
            "ORDER-15", 3, OrderStatus.PAID, OrderStatus.PAID, paid15, 200, List.of(refund(part))));
    transitions.add(
        refund(
            "ORDER-15",
            4,
            OrderStatus.PAID,
            OrderStatus.PAID,
            paid15,
            200,
            List.of(refund(part), refund(stuck))));
    transitions.add(
        refund(
            "ORDER-15",
            5,
            OrderStatus.PAID,
            OrderStatus.REFUNDED,
            paid15,
            DUE,
            List.of(refund(part), refund(stuck), refund(rest))));
    transitions.add(
        refund("ORDER-16", 2, OrderStatus.PENDING, OrderStatus.PAID, paid16, 0, List.of()));
    transitions.add(
        refund(
            "ORDER-16",
            3,
            OrderStatus.PAID,
            OrderStatus.PAID,
            paid16,
            500,
            List.of(refund(total))));
    transitions.add(
        refund(
            "ORDER-17",
            2,
            OrderStatus.PENDING,
            OrderStatus.PENDING,
            null,
            0,
            List.of(refund(both.get(0)))));
    transitions.add(
        refund(
            "ORDER-17",
            3,
            OrderStatus.PENDING,
            OrderStatus.REFUNDED,
            paid17,
            DUE,
            List.of(refund(both.get(0)))));
    paid.add(orderPaid("ORDER-15", T15));
    paid.add(orderPaid("ORDER-16", T16));
    refunded.add(orderRefunded("ORDER-15", T15));
    refunded.add(orderRefunded("ORDER-17", T17));
    for (ExceptionState state : List.of(ExceptionState.OPEN, ExceptionState.RESOLVED)) {
      long revision = state == ExceptionState.OPEN ? 1 : 2;
      cases.add(revision(ExceptionKind.REFUND_ABNORMAL, "ORDER-15", T15, state, revision));
      cases.add(revision(ExceptionKind.REFUND_WITHOUT_PAYMENT, "ORDER-17", T17, state, revision));
    }
    return this;
  }

  /** The transition that is now the last of an order. */
  OrderTransition last(String orderNo) {
    return transitions.stream()
        .filter(t -> t.orderNo().equals(orderNo))
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }

  /** Puts something else in the place of an order's last transition. */
  void last(String orderNo, OrderTransition instead) {
    transitions.set(transitions.indexOf(last(orderNo)), instead);
  }

  /** An order of one payment, of which so much went back. */
  static OrderTransition refund(
      String orderNo,
      long version,
      OrderStatus from,
      OrderStatus to,
      @Nullable PaymentFact payment,
      long refundedMinor,
      List<RefundFact> refunds) {
    List<OrderPayment> payments = new ArrayList<>();
    List<Balance> balances = new ArrayList<>();
    if (payment != null) {
      payments.add(new OrderPayment(payment, PaymentStanding.APPLIED, refundedMinor));
      balances.add(new Balance("CNY", DUE, DUE - refundedMinor, 0, 0, refundedMinor));
    }
    return new OrderTransition(
        OrderTransition.SCHEMA,
        Wechat.SHOP,
        orderNo,
        version,
        from,
        to,
        "input-" + orderNo + "-" + version,
        refunds.isEmpty() ? InputKind.PAYMENT_SUCCEEDED : InputKind.REFUND_SUCCEEDED,
        Wechat.NOW.plusMillis(version),
        SOURCE,
        new OrderSnapshot(
            to,
            DUE,
            "CNY",
            Wechat.NOW,
            payment == null ? null : payment.transaction(),
            payments,
            refunds,
            balances));
  }

  static OrderRefunded orderRefunded(String orderNo, TransactionKey transaction) {
    return new OrderRefunded(
        1,
        "order-refunded/s1:" + orderNo,
        Wechat.SHOP,
        orderNo,
        3,
        DUE,
        "CNY",
        transaction.provider(),
        transaction.account(),
        transaction.transactionId(),
        Wechat.NOW,
        Wechat.NOW);
  }

  static RefundFact refund(PaymentNotification notification) {
    return Objects.requireNonNull(notification.refund());
  }

  /** As intake may write it; the checker must not depend on how. */
  static String identity(PaymentNotification notification) {
    RefundFact refund = notification.refund();
    String claimed =
        notification.authentication() == Authentication.UNSIGNED ? "claimed, unsigned:" : "";
    String account = claimed + notification.provider() + ":" + notification.account();
    if (refund != null) {
      return account
          + ":refund:"
          + refund.transactionId()
          + ":"
          + refund.refundId()
          + ":"
          + refund.outcome()
          + (refund.amountMinor() == null ? ":" + refund.refundedTotalMinor() : "");
    }
    PaymentFact payment = notification.payment();
    return payment == null
        ? account + ":closed:" + notification.orderNo()
        : identity(payment.transaction());
  }

  static String identity(TransactionKey transaction) {
    return transaction.provider()
        + ":"
        + transaction.account()
        + ":payment:"
        + transaction.transactionId();
  }

  static TransactionKey key(String transaction) {
    return new TransactionKey("wechat", Wechat.ACCOUNT, transaction);
  }

  static OrderKey order(String orderNo) {
    return new OrderKey(Wechat.SHOP, orderNo);
  }

  static PaymentFact fact(PaymentNotification notification) {
    return Objects.requireNonNull(notification.payment());
  }

  static OrderTransition transition(
      String orderNo,
      long version,
      OrderStatus from,
      OrderStatus to,
      @Nullable PaymentFact payment,
      @Nullable PaymentStanding standing) {
    boolean placed = to != OrderStatus.UNPLACED;
    List<OrderPayment> payments = new ArrayList<>();
    List<Balance> balances = new ArrayList<>();
    if (payment != null && standing != null) {
      long amount = payment.amountMinor();
      payments.add(new OrderPayment(payment, standing, 0));
      balances.add(
          new Balance(
              payment.currency(),
              amount,
              standing == PaymentStanding.APPLIED ? amount : 0,
              standing == PaymentStanding.OWED_BACK ? amount : 0,
              standing == PaymentStanding.SUSPENSE ? amount : 0,
              0));
    }
    return new OrderTransition(
        1,
        Wechat.SHOP,
        orderNo,
        version,
        from,
        to,
        "input-" + orderNo + "-" + version,
        payment == null ? InputKind.ORDER_PLACED : InputKind.PAYMENT_SUCCEEDED,
        Wechat.NOW.plusMillis(version),
        SOURCE,
        new OrderSnapshot(
            to,
            placed ? DUE : null,
            placed ? "CNY" : null,
            placed ? Wechat.NOW : null,
            to == OrderStatus.PAID && payment != null ? payment.transaction() : null,
            payments,
            List.of(),
            balances));
  }

  /** The same transition with another end of its order. */
  static OrderTransition with(OrderTransition t, OrderStatus to, OrderSnapshot after) {
    return new OrderTransition(
        t.schema(),
        t.shop(),
        t.orderNo(),
        t.version(),
        t.from(),
        to,
        t.inputId(),
        t.cause(),
        t.at(),
        t.source(),
        after);
  }

  static OrderPaid orderPaid(String orderNo, TransactionKey transaction) {
    return new OrderPaid(
        1,
        "order-paid/" + orderNo + "/" + transaction.transactionId(),
        Wechat.SHOP,
        orderNo,
        2,
        DUE,
        "CNY",
        transaction.provider(),
        transaction.account(),
        transaction.transactionId(),
        Wechat.NOW,
        Wechat.NOW);
  }

  static ExceptionCase open(ExceptionKind kind, String orderNo, TransactionKey about) {
    return revision(kind, orderNo, about, ExceptionState.OPEN, 1);
  }

  static ExceptionCase revision(
      ExceptionKind kind,
      String orderNo,
      TransactionKey about,
      ExceptionState state,
      long revision) {
    return new ExceptionCase(
        1,
        kind + "/" + orderNo + "/" + about,
        kind,
        Wechat.SHOP,
        orderNo,
        state,
        revision,
        kind.suggestedAction(),
        Map.of("transaction", about.toString(), "paidMinor", "1200"),
        Wechat.NOW,
        Wechat.NOW,
        SOURCE);
  }

  static DeadLetter deadLetter(@Nullable RecordCoordinates source, String origin, String original) {
    return new DeadLetter(
        1,
        DeadLetterReason.UNREADABLE_NOTIFICATION,
        "no field is what it should be",
        source,
        origin,
        null,
        Map.of(),
        RawBytes.of(original.getBytes(UTF_8)),
        Wechat.NOW);
  }

  /** Writes all of it, inputs first, as it came about. */
  void write(Writer writer) {
    Map<String, RecordCoordinates> firsts = new LinkedHashMap<>();
    for (PaymentNotification notification : notifications) {
      RecordCoordinates at =
          keep(writer, Topics.PAYMENT_NOTIFICATIONS, notification.key(), notification);
      firsts.putIfAbsent(identity(notification), at);
    }
    commands.forEach(c -> keep(writer, Topics.ORDER_COMMANDS, c.order().toString(), c));
    RecordCoordinates poison =
        writer.write(
            new ProducerRecord<>(
                Topics.ORDER_COMMANDS.name(), "s1:x".getBytes(UTF_8), "{poison".getBytes(UTF_8)));
    if (poisonIsKept) {
      deadLetters.add(deadLetter(poison, poison.topic(), "{poison"));
    }
    deadLetters.forEach(d -> keep(writer, Topics.DEAD_LETTERS, "as it came", d));
    keep(writer, Topics.COMMAND_OUTCOMES, outcome().order().toString(), outcome());
    keep(writer, Topics.PROVIDER_REQUESTS, request().order().toString(), request());
    keep(writer, Topics.DEAD_LETTER_REDRIVES, "3:17", redrive());
    keep(writer, Topics.REJECTIONS, Wechat.ACCOUNT, rejection());
    Map<String, Long> counts = new LinkedHashMap<>();
    deliveries.forEach((transaction, count) -> counts.put(identity(transaction), count));
    counts.putAll(otherDeliveries);
    counts.forEach(
        (identity, count) ->
            receipts.add(receipt(identity, count, firsts.getOrDefault(identity, SOURCE))));
    receipts.forEach(r -> writer.write(record(Topics.NOTIFICATION_RECEIPTS, r.identity(), r)));
    transitions.forEach(
        t -> writer.write(record(Topics.ORDER_TRANSITIONS, t.order().toString(), t)));
    paid.forEach(p -> writer.write(record(Topics.ORDER_PAID, p.order().toString(), p)));
    cancelled.forEach(c -> writer.write(record(Topics.ORDER_CANCELLED, c.order().toString(), c)));
    refunded.forEach(r -> writer.write(record(Topics.ORDER_REFUNDED, r.order().toString(), r)));
    cases.forEach(c -> writer.write(record(Topics.PAYMENT_EXCEPTIONS, c.order().toString(), c)));
  }

  static <V> ProducerRecord<byte[], byte[]> record(Topic<V> topic, String key, V value) {
    return topic.record(key, value, new EventHead("e", "/test", Wechat.NOW, null));
  }

  private <V> RecordCoordinates keep(Writer writer, Topic<V> topic, String key, V value) {
    RecordCoordinates at = writer.write(record(topic, key, value));
    places.put(at, value);
    return at;
  }

  // Asked for again under another id.
  private static CommandOutcome outcome() {
    return CommandOutcome.of(
        OrderCommand.cancel(order("ORDER-3"), "cancel-3-again", "shop", Wechat.NOW),
        CommandResult.UNCHANGED,
        "it is cancelled",
        Wechat.NOW,
        SOURCE);
  }

  private static ProviderRequest request() {
    return new ProviderRequest(
        ProviderRequest.SCHEMA,
        "query/s1:ORDER-4",
        RequestKind.QUERY,
        Wechat.SHOP,
        "ORDER-4",
        "wechat",
        Wechat.ACCOUNT,
        null,
        null,
        null,
        null,
        null,
        new Combination(
            new ProviderAccount("wechat", Wechat.ACCOUNT),
            "COMBINED-1",
            "wx1",
            List.of(
                new SubOrder(Wechat.ACCOUNT, "ORDER-4"), new SubOrder("1900000002", "ORDER-40"))),
        "not paid yet",
        1,
        1,
        Wechat.NOW,
        Wechat.NOW.plusSeconds(3600));
  }

  private static DeadLetterRedrive redrive() {
    return new DeadLetterRedrive(
        1,
        new RecordCoordinates("dead-letters", 3, 17),
        SOURCE,
        "on-call",
        "mended",
        1,
        Wechat.NOW);
  }

  private static RejectedCallback rejection() {
    return new RejectedCallback(
        1,
        "d1",
        "wechat-v3",
        Wechat.ACCOUNT,
        Rejection.SIGNATURE_MISMATCH,
        "the body was altered",
        "00",
        3,
        Wechat.NOW);
  }

  private static NotificationReceipt receipt(
      String identity, long deliveries, RecordCoordinates first) {
    return new NotificationReceipt(
        1,
        identity,
        Wechat.SHOP,
        "ORDER",
        "fingerprint",
        deliveries,
        0,
        null,
        Wechat.NOW,
        Wechat.NOW.plusSeconds(deliveries),
        List.of(Witness.CALLBACK),
        List.of("key \"1\"", "key,2"),
        first,
        deliveries);
  }
}
