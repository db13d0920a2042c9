package io.paidonce.reconciler.replay;

import io.paidonce.contract.Answer;
import io.paidonce.contract.Authentication;
import io.paidonce.contract.DoublePayment;
import io.paidonce.contract.EventHead;
import io.paidonce.contract.Evidence;
import io.paidonce.contract.LatePayment;
import io.paidonce.contract.Money;
import io.paidonce.contract.NotificationKind;
import io.paidonce.contract.Observation;
import io.paidonce.contract.OnDeadline;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.PaymentPolicy;
import io.paidonce.contract.ProviderAccount;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.contract.RequestKind;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnreadableRecordException;
import io.paidonce.contract.Witness;
import io.paidonce.streams.VirtualTopology;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A day of orders through the real topology in virtual time: every kind of exception, deliveries
 * that come twice or contradict each other, deadlines, providers that are asked, poison. What is
 * asked is answered, so that closings end.
 */
public final class SeededTraffic {

  static final Instant START = Instant.parse("2026-01-31T00:00:00Z");
  static final ProviderAccount ACCOUNT = new ProviderAccount("wechat", "1900000001");
  private static final List<LatePayment> LATE = List.of(LatePayment.values());
  private static final long DUE = 1_200;
  private static final int STORIES = 21;
  private static final Duration BETWEEN_ORDERS = Duration.ofMillis(700);
  private static final Duration TICK = Duration.ofSeconds(10);

  private final Random random;
  private final BiConsumer<ProducerRecord<byte[], byte[]>, Instant> log;
  private final PriorityQueue<Planned> plan = new PriorityQueue<>();
  private int records;

  // Made when its time comes: a day of records does not fit into a test's memory.
  private record Planned(Instant at, int number, Supplier<ProducerRecord<byte[], byte[]>> made)
      implements Comparable<Planned> {
    @Override
    public int compareTo(Planned other) {
      int byTime = at.compareTo(other.at);
      return byTime != 0 ? byTime : Integer.compare(number, other.number);
    }
  }

  private SeededTraffic(long seed, BiConsumer<ProducerRecord<byte[], byte[]>, Instant> log) {
    this.random = new Random(seed);
    this.log = log;
  }

  /** Plays it, and keeps every record. */
  public static MemoryLog of(long seed, int orders, Path stateDir) {
    MemoryLog log = new MemoryLog();
    play(seed, orders, stateDir, log::add);
    return log;
  }

  /** Plays it; {@code log} takes every record, with the time at which a broker would have. */
  static void play(
      long seed,
      int orders,
      Path stateDir,
      BiConsumer<ProducerRecord<byte[], byte[]>, Instant> log) {
    SeededTraffic traffic = new SeededTraffic(seed, log);
    for (int i = 0; i < orders; i++) {
      traffic.order(i, START.plus(BETWEEN_ORDERS.multipliedBy(i)));
    }
    traffic.poison(START.plusSeconds(60));
    traffic.play(stateDir);
  }

  private void play(Path stateDir) {
    try (VirtualTopology topology = new VirtualTopology(stateDir, START)) {
      Instant now = START;
      Instant end = START;
      while (!plan.isEmpty() || now.isBefore(end)) {
        while (!plan.isEmpty() && !plan.peek().at().isAfter(now)) {
          Planned next = plan.poll();
          ProducerRecord<byte[], byte[]> record = next.made().get();
          log.accept(record, now);
          topology.send(record);
          end = next.at().plus(Duration.ofHours(1));
        }
        now = now.plus(TICK);
        topology.moveTo(now);
        keep(topology, now);
      }
    }
  }

  private void keep(VirtualTopology topology, Instant now) {
    for (Topic<?> topic : Topics.all()) {
      for (ProducerRecord<byte[], byte[]> record : topology.written(topic)) {
        log.accept(record, now);
        if (topic.equals(Topics.PROVIDER_REQUESTS)) {
          answer(record, now);
        }
      }
    }
  }

  private void answer(ProducerRecord<byte[], byte[]> record, Instant now) {
    ProviderRequest request;
    try {
      request = Topics.PROVIDER_REQUESTS.read(record.headers(), record.value());
    } catch (UnreadableRecordException e) {
      throw new AssertionError("the topology wrote a request it could not read", e);
    }
    if (request.kind() == RequestKind.QUERY || request.kind() == RequestKind.CLOSE) {
      boolean isClosed = request.kind() == RequestKind.CLOSE || random.nextBoolean();
      Observation observation =
          new Observation(
              request.provider(),
              request.account(),
              request.requestId(),
              request.attempt(),
              isClosed ? Answer.CLOSED : Answer.UNPAID,
              now);
      add(
          now.plusSeconds(1),
          () ->
              notification(
                  NotificationKind.OBSERVATION,
                  "TRADE_STATE",
                  null,
                  null,
                  observation,
                  request.orderNo(),
                  now));
    }
  }

  private void add(Instant at, Supplier<ProducerRecord<byte[], byte[]>> record) {
    plan.add(new Planned(at, records++, record));
  }

  private void poison(Instant at) {
    ProducerRecord<byte[], byte[]> good = command(place(key(0), PaymentPolicy.DEFAULT, at));
    add(at, () -> new ProducerRecord<>(good.topic(), null, null, good.key(), new byte[] {'{'}));
    add(
        at,
        () ->
            new ProducerRecord<>(
                good.topic(), null, null, new byte[] {'x'}, good.value(), good.headers()));
  }

  private static OrderKey key(int number) {
    return new OrderKey(number % 3 == 0 ? "s1" : "s2", "o" + number);
  }

  private void order(int number, Instant at) {
    OrderKey key = key(number);
    int story = random.nextInt(STORIES);
    PaymentPolicy policy =
        story == 19 ? new PaymentPolicy(true, LatePayment.REVIEW) : policy(number);
    if (story != 0) {
      add(at, () -> command(place(key, policy, at)));
    }
    Instant paid = at.plusSeconds(5 + random.nextInt(120));
    String t = "t" + number;
    switch (story) {
      case 0, 1, 2, 3, 4 -> pay(paid, key, t, DUE, "CNY", ACCOUNT.account());
      case 5 -> pay(paid, key, t, DUE + 100, "CNY", ACCOUNT.account());
      case 6 -> pay(paid, key, t, DUE, "USD", ACCOUNT.account());
      case 7 -> pay(paid, key, t, DUE, "CNY", "another");
      case 8 -> {
        pay(paid, key, t, DUE, "CNY", ACCOUNT.account());
        pay(paid.plusSeconds(3), key, t + "-2", DUE, "CNY", ACCOUNT.account());
      }
      case 9 -> {
        add(paid, () -> command(OrderCommand.cancel(key, "cancel", "shop", paid)));
        pay(paid.plusSeconds(200), key, t, DUE, "CNY", ACCOUNT.account());
      }
      case 10 -> refund(paid, key, t, RefundOutcome.SUCCEEDED, 500, "CNY");
      case 11 -> payAndRefund(paid, key, t, RefundOutcome.SUCCEEDED, DUE + 1, "CNY");
      case 12 -> payAndRefund(paid, key, t, RefundOutcome.SUCCEEDED, 500, "USD");
      case 13 -> payAndRefund(paid, key, t, RefundOutcome.ABNORMAL, 500, "CNY");
      case 14 -> payAndRefund(paid, key, t, RefundOutcome.CLOSED, 500, "CNY");
      case 15 -> payAndRefund(paid, key, t, RefundOutcome.SUCCEEDED, DUE, "CNY");
      case 16 -> {
        pay(paid, key, t, DUE, "CNY", ACCOUNT.account());
        pay(paid.plusSeconds(9), key, t, DUE + 7, "CNY", ACCOUNT.account());
        pay(paid.plusSeconds(19), key, t, DUE + 8, "CNY", ACCOUNT.account());
      }
      case 17 -> {
        add(paid, () -> command(OrderCommand.ship(key, "ship", "shop", paid)));
        add(
            paid.plusSeconds(2),
            () -> command(OrderCommand.place(key, Money.of(7, "CNY"), "place", "shop", paid)));
      }
      case 18 -> {
        pay(paid, key, t, DUE, "CNY", ACCOUNT.account());
        Instant shipped = paid.plusSeconds(60);
        add(shipped, () -> command(OrderCommand.ship(key, "ship", "shop", shipped)));
        add(
            shipped.plusSeconds(60),
            () -> command(OrderCommand.complete(key, "done", "shop", shipped)));
      }
      case 19 -> {
        pay(paid, key, t, 500, "CNY", ACCOUNT.account());
        pay(paid.plusSeconds(5), key, t + "-2", 700, "CNY", ACCOUNT.account());
        refund(paid.plusSeconds(60), key, t + "-2", RefundOutcome.SUCCEEDED, 700, "CNY");
      }
      default -> {
        // Nobody pays it: it meets its deadline, or is asked about and closed.
      }
    }
    if (random.nextInt(4) == 0) {
      // The provider did not hear our answer.
      repeatLast();
    }
  }

  private void repeatLast() {
    List<Planned> last = new ArrayList<>(plan);
    Planned one = last.get(last.size() - 1);
    add(one.at().plusSeconds(15), one.made());
  }

  private static PaymentPolicy policy(int number) {
    PaymentPolicy policy = new PaymentPolicy(number % 7 == 0, LATE.get(number % LATE.size()));
    return switch (number % 4) {
      case 0 -> policy;
      case 1 -> policy.withDeadline(300, OnDeadline.LOCAL);
      case 2 -> policy.withDeadline(300, OnDeadline.PROVIDER).payableAt(List.of(ACCOUNT));
      default -> policy.withDeadline(600, OnDeadline.NONE).onDoublePayment(DoublePayment.REFUND);
    };
  }

  private static OrderCommand place(OrderKey key, PaymentPolicy policy, Instant at) {
    return OrderCommand.place(key, Money.of(DUE, "CNY"), policy, "place", "shop", at);
  }

  private static ProducerRecord<byte[], byte[]> command(OrderCommand command) {
    return Topics.ORDER_COMMANDS.record(
        command.order().toString(),
        command,
        new EventHead(command.commandId(), "/shop", command.issuedAt(), null));
  }

  private void pay(
      Instant at, OrderKey key, String transaction, long amount, String currency, String payee) {
    PaymentFact fact =
        new PaymentFact(
            ACCOUNT.provider(),
            ACCOUNT.account(),
            transaction,
            amount,
            currency,
            payee,
            ACCOUNT.account(),
            at.minusSeconds(1),
            at,
            Witness.CALLBACK);
    add(
        at,
        () ->
            notification(
                key.shop(),
                NotificationKind.PAYMENT,
                "TRANSACTION.SUCCESS",
                fact,
                null,
                null,
                key.orderNo(),
                at));
  }

  private void payAndRefund(
      Instant at, OrderKey key, String t, RefundOutcome outcome, long amount, String currency) {
    pay(at, key, t, DUE, "CNY", ACCOUNT.account());
    refund(at.plusSeconds(30), key, t, outcome, amount, currency);
  }

  private void refund(
      Instant at,
      OrderKey key,
      String transaction,
      RefundOutcome outcome,
      long amount,
      String currency) {
    RefundFact fact =
        new RefundFact(
            ACCOUNT.provider(),
            ACCOUNT.account(),
            transaction,
            "r-" + transaction,
            null,
            outcome,
            amount,
            null,
            null,
            currency,
            at,
            at,
            Witness.CALLBACK);
    add(
        at,
        () ->
            notification(
                key.shop(),
                NotificationKind.REFUND,
                "REFUND",
                null,
                fact,
                null,
                key.orderNo(),
                at));
  }

  private static ProducerRecord<byte[], byte[]> notification(
      NotificationKind kind,
      String type,
      @Nullable PaymentFact payment,
      @Nullable RefundFact refund,
      @Nullable Observation observation,
      String orderNo,
      Instant at) {
    int number = Integer.parseInt(orderNo.substring(1));
    return notification(key(number).shop(), kind, type, payment, refund, observation, orderNo, at);
  }

  private static ProducerRecord<byte[], byte[]> notification(
      String shop,
      NotificationKind kind,
      String type,
      @Nullable PaymentFact payment,
      @Nullable RefundFact refund,
      @Nullable Observation observation,
      String orderNo,
      Instant at) {
    PaymentNotification notification =
        new PaymentNotification(
            PaymentNotification.SCHEMA,
            ACCOUNT.provider(),
            ACCOUNT.account(),
            "wechat-v3",
            shop,
            orderNo,
            kind,
            type,
            null,
            "d-" + orderNo,
            Authentication.SIGNED,
            observation == null ? Witness.CALLBACK : Witness.QUERY,
            at,
            payment,
            refund,
            observation,
            new Evidence("key-1", Map.of(), RawBytes.of(new byte[] {1, 2, 3})));
    return Topics.PAYMENT_NOTIFICATIONS.record(
        notification.key(), notification, new EventHead("n-" + orderNo, "/day", at, null));
  }
}
