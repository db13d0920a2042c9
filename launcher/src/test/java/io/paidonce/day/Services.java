package io.paidonce.day;

import io.paidonce.contract.DoublePayment;
import io.paidonce.contract.EventHead;
import io.paidonce.contract.LatePayment;
import io.paidonce.contract.Money;
import io.paidonce.contract.OnDeadline;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.PaymentPolicy;
import io.paidonce.contract.ProviderAccount;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnreadableRecordException;
import io.paidonce.providers.Account;
import io.paidonce.providers.CallbackAnswer;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.Verdict;
import io.paidonce.reconciler.VirtualReconciler;
import io.paidonce.simulator.Dialect;
import io.paidonce.simulator.SimulatedAccount;
import io.paidonce.simulator.day.DayOrder;
import io.paidonce.simulator.day.ProviderDay;
import io.paidonce.simulator.provider.InProcessTransport;
import io.paidonce.simulator.provider.ProviderDesk;
import io.paidonce.simulator.provider.VirtualTime;
import io.paidonce.streams.VirtualTopology;
import io.paidonce.verifier.KeptLog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * All of our services between the provider and the topics, in virtual time: what verifies, judges,
 * decides and asks is the real thing; HTTP, Kafka and threads are left out. Some of them are away
 * for a while.
 */
final class Services implements ProviderDay.Sink, AutoCloseable {

  /** Our shops' time to pay; the shortest there is. */
  static final Duration DEADLINE = Duration.ofSeconds(PaymentPolicy.LEAST_PAY_WITHIN_SECONDS);

  private static final List<LatePayment> POLICIES = List.of(LatePayment.values());
  private static final int ASKED_PER_SECOND = 10;

  private final VirtualTime time;
  private final KeptLog log = new KeptLog();
  private final Map<String, Account> accounts;
  private final VirtualTopology topology;
  private final VirtualReconciler reconciler;
  private final Away away;
  private boolean isStopped;
  private int deliveries;

  /** Who is away when, counted from the start. */
  record Away(Instant start, Span gateway, Span streams, Span reconciler) {
    static Away nobody(Instant start) {
      Span never = new Span(Duration.ZERO, Duration.ZERO);
      return new Away(start, never, never, never);
    }

    boolean is(Span span, Instant now) {
      return !now.isBefore(start.plus(span.from())) && now.isBefore(start.plus(span.to()));
    }
  }

  /** From when to when. */
  record Span(Duration from, Duration to) {}

  Services(DayAccounts accounts, ProviderDesk desk, VirtualTime time, Away away, Path stateDir) {
    this.time = time;
    this.away = away;
    this.accounts = accounts.opened();
    this.topology = new VirtualTopology(stateDir, time.instant());
    this.reconciler =
        new VirtualReconciler(
            accounts.clients(new InProcessTransport(desk, time, Duration.ofSeconds(10))),
            accounts.shops(),
            ASKED_PER_SECOND,
            this::store,
            time.instant());
  }

  private void store(ProducerRecord<byte[], byte[]> record) {
    log.add(
        new ProducerRecord<>(
            record.topic(),
            null,
            time.instant().toEpochMilli(),
            record.key(),
            record.value(),
            record.headers()));
    topology.send(record);
  }

  @Override
  public void place(DayOrder order) {
    List<ProviderAccount> payableAt =
        order.tries().stream().map(one -> provider(one.account())).distinct().toList();
    int number = Math.floorMod(order.orderNo().hashCode(), 2 * POLICIES.size());
    PaymentPolicy policy =
        new PaymentPolicy(false, POLICIES.get(number % POLICIES.size()))
            .withDeadline((int) DEADLINE.toSeconds(), OnDeadline.PROVIDER)
            .onDoublePayment(
                number < POLICIES.size() ? DoublePayment.REVIEW : DoublePayment.REFUND);
    OrderCommand command =
        OrderCommand.place(
            new OrderKey(order.shop(), order.orderNo()),
            Money.of(order.amountMinor(), "CNY"),
            payableAt.isEmpty() ? policy : policy.payableAt(payableAt),
            "place",
            "day",
            time.instant());
    command(command);
  }

  /** Our order service says something. */
  void command(OrderCommand command) {
    store(
        Topics.ORDER_COMMANDS.record(
            command.order().toString(),
            command,
            new EventHead(
                command.commandId() + "/" + command.orderNo(), "/day", time.instant(), null)));
  }

  private ProviderAccount provider(String account) {
    return DayAccounts.name(
        account.startsWith("2021") ? Dialect.ALIPAY.protocol() : Dialect.WECHAT_V3.protocol(),
        account);
  }

  @Override
  public @Nullable CallbackAnswer deliver(SimulatedAccount sender, SignedCallback callback) {
    if (away.is(away.gateway(), time.instant())) {
      return null;
    }
    Map<String, List<String>> headers = new HashMap<>();
    callback
        .headers()
        .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
    Account account = accounts.get(sender.id());
    if (account == null) {
      throw new IllegalStateException("no account " + sender.id());
    }
    String delivery = "d" + ++deliveries;
    Verdict verdict =
        account.receive(new CallbackRequest(headers, callback.body(), time.instant(), delivery));
    if (!(verdict instanceof Verdict.Authentic authentic)) {
      throw new AssertionError("a good callback was refused: " + verdict);
    }
    int index = 0;
    for (PaymentNotification one : authentic.notifications()) {
      store(
          Topics.PAYMENT_NOTIFICATIONS.record(
              one.key(),
              one,
              new EventHead(delivery + "/" + index++, "/day", time.instant(), null)));
    }
    // What both of them take as success.
    return new CallbackAnswer(200, "text/plain", "success");
  }

  /** Our side's clocks strike. */
  void tick() {
    Instant now = time.instant();
    boolean isAway = away.is(away.streams(), now);
    if (isAway != isStopped) {
      isStopped = isAway;
      if (isAway) {
        topology.stop();
      } else {
        topology.start();
      }
    }
    topology.moveTo(now);
    if (!away.is(away.reconciler(), now)) {
      for (ProducerRecord<byte[], byte[]> record : keep(topology, Topics.PROVIDER_REQUESTS)) {
        reconciler.accept(request(record), now);
      }
      reconciler.run(now);
    }
  }

  private List<ProducerRecord<byte[], byte[]>> keep(VirtualTopology of, Topic<?> topic) {
    List<ProducerRecord<byte[], byte[]>> written = of.written(topic);
    written.forEach(log::add);
    return written;
  }

  private static ProviderRequest request(ProducerRecord<byte[], byte[]> record) {
    try {
      return Topics.PROVIDER_REQUESTS.read(record.headers(), record.value());
    } catch (UnreadableRecordException e) {
      throw new AssertionError("the topology wrote a request it could not read", e);
    }
  }

  boolean isIdle() {
    return reconciler.isIdle();
  }

  long asked() {
    return reconciler.asked();
  }

  /** All topics. */
  KeptLog log() {
    Topics.all().forEach(topic -> keep(topology, topic));
    return log;
  }

  @Override
  public void close() {
    topology.close();
  }
}
