package io.paidonce.benchmarks.readstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.benchmarks.load.Merchant;
import io.paidonce.benchmarks.load.Phase;
import io.paidonce.contract.Authentication;
import io.paidonce.contract.EventHead;
import io.paidonce.contract.Evidence;
import io.paidonce.contract.NotificationKind;
import io.paidonce.contract.NotificationReceipt;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderEvent;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.Witness;
import io.paidonce.ledger.Decision;
import io.paidonce.ledger.Intake;
import io.paidonce.ledger.Ledgers;
import io.paidonce.ledger.OrderLedger;
import io.paidonce.ledger.Reception;
import io.paidonce.ledger.TimeToPay;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What the services write about orders that are placed, paid, and one in ten refunded in part: made
 * by the real intake and the real ledger, of notifications whose signature nobody looks at here.
 *
 * <p>An order is paid so many orders after it was placed, and refunded as many later: so the
 * records of one are as far apart in the log as they are in a shop, and a batch that could leave
 * out what is overwritten at once would find little of it.
 */
final class LifeOfOrders {

  /** Ten seconds at 2,000 orders a second. */
  static final int APART = 20_000;

  private static final int PARTITIONS = 12;
  static final int REFUNDED_EACH = 10;
  private static final int BODY_BYTES = 1_000;
  private static final String ACCOUNT = "1900000009";
  private static final long REFUND_MINOR = 500;
  private static final Duration BETWEEN_ORDERS = Duration.ofNanos(500_000);

  private final Phase phase;
  private final Instant first;
  private final int apart;
  private final boolean everything;
  private final Consumer<ProducerRecord<byte[], byte[]>> out;
  private final Evidence evidence = evidence();
  private final Map<Integer, OrderLedger> ledgers = new HashMap<>();
  private long updates;

  /**
   * @param first our clock when the first order is placed
   * @param apart after how many other orders the next thing happens to one
   * @param everything also what order services, gateway and intake write, not the ledger alone
   * @param out where records go, in the order of the log
   */
  LifeOfOrders(
      Phase phase,
      Instant first,
      int apart,
      boolean everything,
      Consumer<ProducerRecord<byte[], byte[]>> out) {
    this.phase = phase;
    this.first = first;
    this.apart = apart;
    this.everything = everything;
    this.out = out;
  }

  /** The provider's id of an order's refund; of those that have one. */
  static String refundId(int number) {
    return "50000000" + String.format(Locale.ROOT, "%09d", number);
  }

  /** The provider's id of the notice that says an order is paid. */
  static String noticeId(int number) {
    return "notice-" + String.format(Locale.ROOT, "%09d", number);
  }

  static boolean isRefunded(int number) {
    return number % REFUNDED_EACH == 0;
  }

  /** How often the orders from 0 change. */
  static long updatesOf(int orders) {
    return 2L * orders + (orders + REFUNDED_EACH - 1) / REFUNDED_EACH;
  }

  /** The whole life of so many orders; returns how many order updates are in it. */
  long live(int orders) {
    for (int i = 0; i < orders + 2 * apart; i++) {
      step(i, orders);
    }
    return updates;
  }

  /** What happens when order number {@code i} would be placed, if only so many ever are. */
  void step(int i, int orders) {
    if (i < orders) {
      place(i);
    }
    int paid = i - apart;
    if (paid >= 0 && paid < orders) {
      pay(paid);
    }
    int refunded = i - 2 * apart;
    if (refunded >= 0 && refunded < orders && isRefunded(refunded)) {
      refund(refunded);
    }
  }

  long updates() {
    return updates;
  }

  private void place(int i) {
    OrderKey order = order(i);
    Instant at = at(i);
    OrderCommand command =
        OrderCommand.place(order, Merchant.PRICE, "place-" + order.orderNo(), "bench", at);
    if (everything) {
      send(Topics.ORDER_COMMANDS, order.toString(), command, command.commandId(), at);
    }
    if (Intake.receive(null, command, TimeToPay.DEFAULT, at, source(Topics.ORDER_COMMANDS, i))
        instanceof Reception.First<?> passed) {
      fold(i, OrderLedger.unknown(order), passed.input(), at);
    }
  }

  private void pay(int i) {
    Instant at = at(i + apart);
    receive(
        i,
        at,
        notification(
            i,
            at,
            NotificationKind.PAYMENT,
            "TRANSACTION.SUCCESS",
            noticeId(i),
            payment(i, at),
            null));
  }

  private void refund(int i) {
    Instant at = at(i + 2 * apart);
    receive(
        i,
        at,
        notification(
            i,
            at,
            NotificationKind.REFUND,
            "REFUND.SUCCESS",
            noticeId(i) + "-refund",
            null,
            new RefundFact(
                "wechat",
                ACCOUNT,
                phase.transactionId(i),
                refundId(i),
                "R" + phase.orderNo(i),
                RefundOutcome.SUCCEEDED,
                REFUND_MINOR,
                null,
                Merchant.PRICE.amountMinor(),
                Merchant.PRICE.currency(),
                at,
                at,
                Witness.CALLBACK)));
  }

  private void receive(int i, Instant at, PaymentNotification notification) {
    Reception<NotificationReceipt> reception =
        Intake.receive(null, notification, source(Topics.PAYMENT_NOTIFICATIONS, i));
    NotificationReceipt receipt = reception.receipt();
    if (everything) {
      send(
          Topics.PAYMENT_NOTIFICATIONS,
          notification.key(),
          notification,
          notification.deliveryId(),
          at);
      send(
          Topics.NOTIFICATION_RECEIPTS,
          receipt.identity(),
          receipt,
          receipt.identity() + "/" + receipt.revision(),
          at);
    }
    OrderLedger before = ledgers.remove(i);
    if (before != null && reception instanceof Reception.First<?> passed) {
      fold(i, before, passed.input(), at);
    }
  }

  private void fold(int i, OrderLedger before, OrderInput input, Instant at) {
    if (!(Ledgers.apply(before, input) instanceof Decision.Advance advance)) {
      throw new IllegalStateException("the ledger does not advance: " + input.inputId());
    }
    updates++;
    event(Topics.ORDER_TRANSITIONS, advance.transition(), at);
    advance.paid().ifPresent(paid -> event(Topics.ORDER_PAID, paid, at));
    boolean isPaid = !advance.after().payments().isEmpty();
    boolean isOver = isPaid && (!isRefunded(i) || !advance.after().refunds().isEmpty());
    if (!isOver) {
      ledgers.put(i, advance.after());
    }
  }

  private <V extends OrderEvent> void event(Topic<V> topic, V event, Instant at) {
    send(topic, event.order().toString(), event, event.eventId(), at);
  }

  private <V> void send(Topic<V> topic, String key, V value, String id, Instant at) {
    out.accept(topic.record(key, value, new EventHead(id, "/paidonce/bench", at, null)));
  }

  private PaymentFact payment(int i, Instant at) {
    return new PaymentFact(
        "wechat",
        ACCOUNT,
        phase.transactionId(i),
        Merchant.PRICE.amountMinor(),
        Merchant.PRICE.currency(),
        ACCOUNT,
        ACCOUNT,
        at.minusMillis(300),
        at,
        Witness.CALLBACK);
  }

  private PaymentNotification notification(
      int i,
      Instant at,
      NotificationKind kind,
      String eventType,
      String notificationId,
      @Nullable PaymentFact payment,
      @Nullable RefundFact refund) {
    return new PaymentNotification(
        PaymentNotification.SCHEMA,
        "wechat",
        ACCOUNT,
        "wechat-v3",
        Merchant.SHOP,
        phase.orderNo(i),
        kind,
        eventType,
        notificationId,
        "delivery-" + notificationId,
        Authentication.SIGNED,
        Witness.CALLBACK,
        at,
        payment,
        refund,
        evidence);
  }

  private OrderKey order(int i) {
    return new OrderKey(Merchant.SHOP, phase.orderNo(i));
  }

  private Instant at(int i) {
    return first.plus(BETWEEN_ORDERS.multipliedBy(i));
  }

  private static RecordCoordinates source(Topic<?> topic, int i) {
    return new RecordCoordinates(topic.name(), i % PARTITIONS, i / PARTITIONS);
  }

  // As long as a real one, and as hard to compress: what it says is decrypted already.
  private static Evidence evidence() {
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder body = new StringBuilder(BODY_BYTES);
    while (body.length() < BODY_BYTES) {
      body.append(Long.toString(random.nextLong() >>> 1, Character.MAX_RADIX));
    }
    return new Evidence(
        "PUB_KEY_ID_0119000000092026112100000000",
        Map.of(
            "wechatpay-signature",
            body.substring(0, 344),
            "wechatpay-timestamp",
            "1764000000",
            "wechatpay-nonce",
            body.substring(0, 32)),
        RawBytes.of(body.toString().getBytes(UTF_8)));
  }
}
