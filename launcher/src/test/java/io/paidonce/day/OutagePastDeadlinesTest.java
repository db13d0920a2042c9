package io.paidonce.day;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.EventHead;
import io.paidonce.contract.Money;
import io.paidonce.contract.OnDeadline;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.PaymentPolicy;
import io.paidonce.contract.Topics;
import io.paidonce.providers.Account;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.CallbackSigner.PaidNotice;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.Verdict;
import io.paidonce.simulator.SimulatedAccount;
import io.paidonce.simulator.provider.VirtualTime;
import io.paidonce.streams.VirtualTopology;
import io.paidonce.verifier.KeptLog;
import io.paidonce.verifier.Report;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Streams is away while 1,000 orders are paid in time and their deadlines pass; nobody may be
 * asked. With the lag guard none is cancelled. Without it all are, and the checker says so.
 */
class OutagePastDeadlinesTest {

  private static final int ORDERS = 1_000;
  private static final Instant START = Instant.parse("2026-01-31T00:00:00Z");
  private static final PaymentPolicy POLICY =
      PaymentPolicy.DEFAULT.withDeadline(300, OnDeadline.LOCAL);

  @TempDir private Path stateDir;
  private final VirtualTime time = new VirtualTime(START);
  private final DayAccounts accounts = new DayAccounts(1, time);
  private final SimulatedAccount alipay = accounts.played().get(1).account();
  private final Map<String, Account> opened = accounts.opened();
  private final KeptLog log = new KeptLog();

  @Test
  void nothingThatWasPaidInTimeIsCancelled() {
    try (VirtualTopology topology = new VirtualTopology(stateDir, START)) {
      stopPastAllDeadlines(topology);
      topology.start();
      assertThat(cancelled(topology)).isZero();
      assertThat(log.values(Topics.ORDER_PAID)).hasSize(ORDERS);
      assertThat(verify().findings()).isEmpty();
    }
  }

  @Test
  void withoutTheLagGuardTheCheckerTurnsRed() {
    try (VirtualTopology topology = new VirtualTopology(stateDir, START)) {
      stopPastAllDeadlines(topology);
      topology.startWithoutTheLagGuard();
      long closed = cancelled(topology);
      assertThat(closed).isPositive();
      Report report = verify();
      assertThat(report.holds()).isFalse();
      assertThat(report.toJson()).contains("\"status_mismatch\":" + closed);
    }
  }

  private void stopPastAllDeadlines(VirtualTopology topology) {
    for (int i = 0; i < ORDERS; i++) {
      place(topology, i);
    }
    topology.moveTo(START.plusSeconds(1));
    topology.stop();
    time.moveTo(START.plusSeconds(200));
    topology.moveTo(time.instant());
    for (int i = 0; i < ORDERS; i++) {
      pay(topology, i);
    }
    time.advance(Duration.ofMinutes(30));
    topology.moveTo(time.instant());
  }

  private long cancelled(VirtualTopology topology) {
    // A firing is bounded; all of them have their turn.
    for (int i = 0; i < 20; i++) {
      time.advance(Duration.ofSeconds(10));
      topology.moveTo(time.instant());
    }
    Topics.all().forEach(topic -> topology.written(topic).forEach(log::add));
    return log.values(Topics.ORDER_CANCELLED).size();
  }

  private Report verify() {
    return log.verify(accounts.configs(), time.instant());
  }

  private void place(VirtualTopology topology, int number) {
    OrderCommand command =
        OrderCommand.place(
            new OrderKey(alipay.shop(), "O" + number),
            Money.of(1_200, "CNY"),
            POLICY,
            "place",
            "test",
            START);
    store(
        topology,
        Topics.ORDER_COMMANDS.record(
            command.order().toString(),
            command,
            new EventHead("place/" + number, "/test", START, null)));
  }

  private void pay(VirtualTopology topology, int number) {
    Instant now = time.instant();
    SignedCallback callback =
        alipay
            .signer()
            .payment(
                new PaidNotice("n" + number, "t" + number, "O" + number, 1_200, "CNY", now), now);
    Map<String, List<String>> headers = new HashMap<>();
    callback
        .headers()
        .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
    Account account = opened.get(alipay.id());
    assertThat(account).isNotNull();
    Verdict verdict =
        account.receive(new CallbackRequest(headers, callback.body(), now, "d" + number));
    assertThat(verdict).isInstanceOf(Verdict.Authentic.class);
    for (PaymentNotification one : ((Verdict.Authentic) verdict).notifications()) {
      store(
          topology,
          Topics.PAYMENT_NOTIFICATIONS.record(
              one.key(), one, new EventHead("d" + number, "/test", now, null)));
    }
  }

  private void store(VirtualTopology topology, ProducerRecord<byte[], byte[]> record) {
    log.add(record);
    topology.send(record);
  }
}
