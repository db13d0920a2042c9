package io.paidonce.day;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.Combination;
import io.paidonce.contract.Money;
import io.paidonce.contract.OnDeadline;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.PaymentPolicy;
import io.paidonce.contract.ProviderAccount;
import io.paidonce.contract.SubOrder;
import io.paidonce.contract.Topics;
import io.paidonce.simulator.day.DayAccount;
import io.paidonce.simulator.provider.Faults;
import io.paidonce.simulator.provider.ProviderDesk;
import io.paidonce.simulator.provider.TradeBook;
import io.paidonce.simulator.provider.VirtualTime;
import io.paidonce.verifier.KeptLog;
import io.paidonce.verifier.Report;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Orders that customers pay together, all of whose callbacks are lost: what became of them is known
 * by asking alone, and only by asking about all of them together.
 */
class CombinedOrdersTest {

  private static final Instant START = Instant.parse("2026-01-31T00:00:00Z");

  @TempDir private Path stateDir;
  private final VirtualTime time = new VirtualTime(START);
  private final DayAccounts accounts = new DayAccounts(1, time);
  private final DayAccount wechat = accounts.played().get(0);
  private final ProviderAccount account = DayAccounts.name("wechat-v3", wechat.account().id());
  private final ProviderDesk desk = new ProviderDesk(time, Faults.none());
  private final TradeBook book = wechat.book();

  @Test
  void allArePaidOrAllAreClosed() {
    try (Services services = services()) {
      place(services, "PAID", true, "P1", "P2", "P3");
      place(services, "UNPAID", true, "U1", "U2");
      book.pay("P2");
      run(services, Duration.ofMinutes(10));
      KeptLog log = services.log();
      Map<String, OrderStatus> ends = ends(log);
      assertThat(ends)
          .containsEntry("P1", OrderStatus.PAID)
          .containsEntry("P2", OrderStatus.PAID)
          .containsEntry("P3", OrderStatus.PAID)
          .containsEntry("U1", OrderStatus.CANCELLED)
          .containsEntry("U2", OrderStatus.CANCELLED);
      assertThat(book.pay("U1").isDone()).as("what is cancelled can't be paid").isFalse();
      assertThat(verify(log).findings()).isEmpty();
    }
  }

  @Test
  void closingOneClosesAllSoThatNobodyPaysForWhatIsCancelled() {
    try (Services services = services()) {
      place(services, "C", true, "C1", "C2");
      run(services, Duration.ofSeconds(10));
      services.command(OrderCommand.cancel(order("C1"), "cancel", "customer", time.instant()));
      run(services, Duration.ofMinutes(1));
      assertThat(book.pay("C2").isDone()).isFalse();
      assertThat(ends(services.log())).containsEntry("C1", OrderStatus.CANCELLED);
      run(services, Duration.ofMinutes(10));
      KeptLog log = services.log();
      assertThat(ends(log)).containsEntry("C2", OrderStatus.CANCELLED);
      assertThat(verify(log).findings()).isEmpty();
    }
  }

  // The provider's signed word is that there is no such order, and its customer can still pay.
  @Test
  void askedAboutAloneTheyAreNotFoundWhichIsWhyTheirOrderServiceMustSayHowTheyArePaid() {
    try (Services services = services()) {
      place(services, "ALONE", false, "A1", "A2");
      run(services, Duration.ofMinutes(10));
      assertThat(ends(services.log())).containsEntry("A1", OrderStatus.CANCELLED);
      assertThat(book.pay("A1").isDone()).isTrue();
    }
  }

  private Services services() {
    accounts.admitTo(desk);
    return new Services(accounts, desk, time, Services.Away.nobody(START), stateDir);
  }

  private void place(Services services, String number, boolean isSaid, String... orders) {
    Map<String, Long> amounts = new LinkedHashMap<>();
    List.of(orders).forEach(order -> amounts.put(order, 1_200L));
    assertThat(book.openCombined(number, amounts).isDone()).isTrue();
    PaymentPolicy policy =
        PaymentPolicy.DEFAULT
            .withDeadline((int) Services.DEADLINE.toSeconds(), OnDeadline.PROVIDER)
            .payableAt(List.of(account));
    Combination combined =
        new Combination(
            account,
            number,
            DayAccounts.appid(account.account()),
            List.of(orders).stream().map(no -> new SubOrder(account.account(), no)).toList());
    for (String orderNo : orders) {
      services.command(
          OrderCommand.place(
              order(orderNo),
              Money.of(1_200, "CNY"),
              isSaid ? policy.combinedAs(combined) : policy,
              "place",
              "shop",
              time.instant()));
    }
  }

  private OrderKey order(String orderNo) {
    return new OrderKey(wechat.account().shop(), orderNo);
  }

  private void run(Services services, Duration span) {
    Instant end = time.instant().plus(span);
    while (time.instant().isBefore(end)) {
      time.advance(Duration.ofSeconds(1));
      services.tick();
    }
  }

  private static Map<String, OrderStatus> ends(KeptLog log) {
    Map<String, OrderStatus> ends = new LinkedHashMap<>();
    for (OrderTransition one : log.values(Topics.ORDER_TRANSITIONS)) {
      ends.put(one.orderNo(), one.to());
    }
    return ends;
  }

  private Report verify(KeptLog log) {
    return log.verify(accounts.configs(), time.instant());
  }
}
