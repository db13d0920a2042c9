package io.paidonce.day;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paidonce.contract.EventHead;
import io.paidonce.contract.Money;
import io.paidonce.contract.OnDeadline;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.PaymentPolicy;
import io.paidonce.contract.ProviderAccount;
import io.paidonce.contract.Topics;
import io.paidonce.contract.TopicsAdmin;
import io.paidonce.contract.UnreadableRecordException;
import io.paidonce.contract.Witness;
import io.paidonce.localstack.LocalKafka;
import io.paidonce.providers.Account;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.CallbackSigner.PaidNotice;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.Verdict;
import io.paidonce.reconciler.Reconciler;
import io.paidonce.reconciler.ReconcilerConfig;
import io.paidonce.reconciler.ReconcilerMain;
import io.paidonce.simulator.day.DayAccount;
import io.paidonce.simulator.provider.Fault;
import io.paidonce.simulator.provider.ProviderDesk;
import io.paidonce.simulator.provider.ProviderServer;
import io.paidonce.simulator.provider.SeededFaults;
import io.paidonce.simulator.provider.Trade;
import io.paidonce.streams.DedupStreams;
import io.paidonce.streams.DedupStreamsConfig;
import io.paidonce.streams.DedupStreamsMain;
import io.paidonce.verifier.Report;
import io.paidonce.verifier.Verification;
import io.paidonce.verifier.VerifierConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The race of payment and closing, seeded, on the real broker, with the real streams and
 * reconciler: customers pay at one of two accounts while their orders are being cancelled; some
 * callbacks come twice, some never; the provider's answers are late, lost, throttled or not its
 * own. {@code -Dpaidonce.seed=N} plays others.
 */
@Tag("proof")
class ClosingRaceIT {

  private static final long SEED = Long.getLong("paidonce.seed", 20260131);
  private static final int ORDERS = 100;
  // Closing takes some seconds: customers pay before, while and after.
  private static final int CANCELS_WITHIN_MILLIS = 2_000;
  private static final int PAYS_WITHIN_MILLIS = 8_000;
  private static final Money PRICE = Money.of(1_200, "CNY");
  private static final String GROUP = "closing-race";
  private static final Duration SETTLED_WITHIN = Duration.ofMinutes(3);

  @TempDir private Path directory;
  private final InstantSource clock = InstantSource.system();
  private final Map<String, OrderTransition> orders = new HashMap<>();

  /** What happens to one order, and when, counted from when it is placed. */
  private record Fate(
      String orderNo, DayAccount payer, boolean pays, int paysAt, boolean isHeard, int cancelsAt) {}

  @Test
  void noOrderThatSomebodyPaidIsCancelledAndEachEndsPaidOrCancelled() throws Exception {
    ProviderDesk desk =
        new ProviderDesk(
            clock,
            new SeededFaults(
                SEED,
                Map.of(
                    Fault.of(Fault.Kind.PROBE), 30,
                    Fault.of(Fault.Kind.RESET), 30,
                    Fault.of(Fault.Kind.ANSWER_LOST), 50,
                    Fault.of(Fault.Kind.SERVER_ERROR), 50,
                    Fault.throttled(Duration.ofSeconds(1)), 20,
                    Fault.of(Fault.Kind.ANOTHER_ORDER), 20)));
    try (LocalKafka kafka = LocalKafka.startProcess(directory.resolve("kafka"));
        ProviderServer server = ProviderServer.start(desk, 0)) {
      DayAccounts accounts = new DayAccounts(1, clock, server.address());
      accounts.admitTo(desk);
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
        new TopicsAdmin(admin, 1).apply();
      }
      try (DedupStreams streams = DedupStreamsMain.start(streams(kafka.bootstrapServers()));
          Reconciler reconciler =
              ReconcilerMain.start(
                  reconciler(kafka.bootstrapServers())
                      .withAccounts(accounts.configs(), accounts.credentials()))) {
        await().atMost(SETTLED_WITHIN).until(() -> streams.isReady() && reconciler.isReady());
        List<Fate> fates = fates(accounts);
        play(fates, accounts, kafka.bootstrapServers());
        awaitEnds(fates, kafka.bootstrapServers());
        judge(fates);
        Report report =
            Verification.run(
                new VerifierConfig(
                    kafka.bootstrapServers(),
                    null,
                    accounts.configs(),
                    null,
                    GROUP,
                    Duration.ofMinutes(1),
                    Instant.now()));
        assertThat(report.findings()).as("seed %d", SEED).isEmpty();
        assertThat(report.holds()).isTrue();
      }
    }
  }

  private DedupStreamsConfig streams(String kafka) {
    return new DedupStreamsConfig(
        kafka, GROUP, directory.resolve("state").toString(), 1, 1, 0, null, 32, null, 0);
  }

  private static ReconcilerConfig reconciler(String kafka) {
    return new ReconcilerConfig(kafka, 1, null, null, 8, null, 200, 200, null, null, null, null, 0);
  }

  // Whoever is not heard of is found by closing: its order is cancelled.
  private static List<Fate> fates(DayAccounts accounts) {
    Random random = new Random(SEED);
    List<Fate> fates = new ArrayList<>();
    for (int i = 0; i < ORDERS; i++) {
      fates.add(
          new Fate(
              "R" + i,
              accounts.played().get(random.nextInt(2)),
              random.nextInt(10) < 7,
              random.nextInt(PAYS_WITHIN_MILLIS),
              random.nextInt(10) < 6,
              random.nextInt(CANCELS_WITHIN_MILLIS)));
    }
    return fates;
  }

  private void play(List<Fate> fates, DayAccounts accounts, String kafka) throws Exception {
    Map<String, Account> opened = accounts.opened();
    List<ProviderAccount> both =
        accounts.configs().stream()
            .map(config -> DayAccounts.name(config.protocol(), config.id()))
            .toList();
    ScheduledExecutorService threads = Executors.newScheduledThreadPool(4);
    try (KafkaProducer<byte[], byte[]> log =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka, "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (Fate fate : fates) {
        OrderKey order = new OrderKey(fate.payer().account().shop(), fate.orderNo());
        accounts.played().forEach(a -> a.book().open(fate.orderNo(), PRICE.amountMinor()));
        PaymentPolicy policy =
            PaymentPolicy.DEFAULT.withDeadline(3_600, OnDeadline.PROVIDER).payableAt(both);
        log.send(
                command(OrderCommand.place(order, PRICE, policy, "place", "race", clock.instant())))
            .get();
        later(
            threads,
            fate.cancelsAt(),
            () ->
                send(log, command(OrderCommand.cancel(order, "cancel", "race", clock.instant()))));
        if (fate.pays()) {
          later(threads, fate.paysAt(), () -> pay(fate, opened.get(fate.payer().id()), log));
        }
      }
      threads.shutdown();
      assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  private static void later(ScheduledExecutorService threads, int millis, Runnable what) {
    Future<?> unused = threads.schedule(what, millis, TimeUnit.MILLISECONDS);
  }

  // What is not stored is missed at the end.
  private static void send(
      KafkaProducer<byte[], byte[]> log, ProducerRecord<byte[], byte[]> record) {
    Future<RecordMetadata> unused = log.send(record);
  }

  private void pay(Fate fate, Account account, KafkaProducer<byte[], byte[]> log) {
    var payment = fate.payer().book().pay(fate.orderNo());
    if (!payment.isDone() || !fate.isHeard()) {
      return;
    }
    Instant now = clock.instant();
    SignedCallback callback =
        fate.payer()
            .account()
            .signer()
            .payment(
                new PaidNotice(
                    "n" + fate.orderNo(),
                    payment.get().transactionId(),
                    fate.orderNo(),
                    PRICE.amountMinor(),
                    PRICE.currency(),
                    now),
                now);
    Map<String, List<String>> headers = new HashMap<>();
    callback
        .headers()
        .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
    Verdict verdict =
        account.receive(new CallbackRequest(headers, callback.body(), now, "d-" + fate.orderNo()));
    for (PaymentNotification one : ((Verdict.Authentic) verdict).notifications()) {
      for (int copy = 0; copy < 2; copy++) {
        send(
            log,
            Topics.PAYMENT_NOTIFICATIONS.record(
                one.key(), one, new EventHead(one.deliveryId() + "/" + copy, "/race", now, null)));
      }
    }
  }

  private static ProducerRecord<byte[], byte[]> command(OrderCommand command) {
    return Topics.ORDER_COMMANDS.record(
        command.order().toString(),
        command,
        new EventHead(command.commandId(), "/race", command.issuedAt(), null));
  }

  private void awaitEnds(List<Fate> fates, String kafka) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.ORDER_TRANSITIONS.name()).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      await()
          .atMost(SETTLED_WITHIN)
          .until(
              () -> {
                for (ConsumerRecord<byte[], byte[]> record :
                    consumer.poll(Duration.ofMillis(200))) {
                  OrderTransition transition = read(record);
                  orders.put(transition.orderNo(), transition);
                }
                return fates.stream().allMatch(fate -> hasEnded(fate.orderNo()));
              });
    }
  }

  private boolean hasEnded(String orderNo) {
    OrderTransition last = orders.get(orderNo);
    return last != null && (last.to() == OrderStatus.PAID || last.to() == OrderStatus.CANCELLED);
  }

  private static OrderTransition read(ConsumerRecord<byte[], byte[]> record)
      throws UnreadableRecordException {
    return Topics.ORDER_TRANSITIONS.read(record.headers(), record.value());
  }

  private void judge(List<Fate> fates) {
    int cancelled = 0;
    int found = 0;
    int refusedAtTheProvider = 0;
    for (Fate fate : fates) {
      Trade trade = fate.payer().book().byOrderNo(fate.orderNo()).orElseThrow();
      boolean isPaid = trade.state() == Trade.State.PAID;
      OrderTransition last = orders.get(fate.orderNo());
      assertThat(last.to())
          .as(fate + ", whose trade is " + trade.state())
          .isEqualTo(isPaid ? OrderStatus.PAID : OrderStatus.CANCELLED);
      cancelled += isPaid ? 0 : 1;
      refusedAtTheProvider += fate.pays() && !isPaid ? 1 : 0;
      found += isPaid && last.after().payments().get(0).fact().witness() == Witness.QUERY ? 1 : 0;
    }
    assertThat(cancelled).as("cancelled").isGreaterThan(ORDERS / 10);
    assertThat(found).as("payments that only a query told of").isGreaterThan(ORDERS / 20);
    assertThat(refusedAtTheProvider).as("customers who came too late").isPositive();
  }
}
