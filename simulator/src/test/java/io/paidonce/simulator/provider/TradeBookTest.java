package io.paidonce.simulator.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.simulator.Dialect;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TradeBookTest {

  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  private final VirtualTime clock = new VirtualTime(NOON);
  private final TradeBook book = new TradeBook(clock, Dialect.WECHAT_V3, "1900000001");

  private void paid(String orderNo, long amountMinor) {
    assertThat(book.open(orderNo, amountMinor).isDone()).isTrue();
    assertThat(book.pay(orderNo).isDone()).isTrue();
  }

  @Test
  void aTradeIsPaidAtTheClocksTime() {
    book.open("ORDER-1", 1200);
    clock.advance(Duration.ofMinutes(3));

    Trade trade = book.pay("ORDER-1").get();

    assertThat(trade.state()).isEqualTo(Trade.State.PAID);
    assertThat(trade.openedAt()).isEqualTo(NOON);
    assertThat(trade.changedAt()).isEqualTo(NOON.plusSeconds(180));
    assertThat(book.byTransactionId(trade.transactionId())).contains(trade);
  }

  @Test
  void aPaidTradeIsNeitherPaidAgainNorClosed() {
    paid("ORDER-1", 1200);

    assertThat(book.pay("ORDER-1").refusal()).isEqualTo(TradeRefusal.ALREADY_PAID);
    assertThat(book.close("ORDER-1").refusal()).isEqualTo(TradeRefusal.ALREADY_PAID);
    assertThat(book.byOrderNo("ORDER-1").orElseThrow().state()).isEqualTo(Trade.State.PAID);
  }

  @Test
  void closingTwiceDoesNoHarm() {
    book.open("ORDER-1", 1200);
    Trade closed = book.close("ORDER-1").get();
    clock.advance(Duration.ofHours(1));

    Booking<Trade> again = book.close("ORDER-1");

    assertThat(again.isNew()).isFalse();
    assertThat(again.get()).isEqualTo(closed);
    assertThat(book.pay("ORDER-1").refusal()).isEqualTo(TradeRefusal.ALREADY_CLOSED);
  }

  @Test
  void whatWasNeverOrderedIsNotThere() {
    assertThat(book.byOrderNo("ORDER-1")).isEmpty();
    assertThat(book.close("ORDER-1").refusal()).isEqualTo(TradeRefusal.NO_SUCH_TRADE);
    assertThat(book.pay("ORDER-1").refusal()).isEqualTo(TradeRefusal.NO_SUCH_TRADE);
    assertThat(book.refund("ORDER-1", "R-1", 1).refusal()).isEqualTo(TradeRefusal.NO_SUCH_TRADE);
    assertThat(book.byRefundNo("R-1")).isEmpty();
  }

  @Test
  void orderingAgainIsTheSameTradeOnlyForTheSameAmount() {
    Trade trade = book.open("ORDER-1", 1200).get();

    assertThat(book.open("ORDER-1", 1200).get()).isEqualTo(trade);
    assertThat(book.open("ORDER-1", 1201).refusal()).isEqualTo(TradeRefusal.OTHER_CONTENT);
  }

  @Test
  void anUnpaidTradeClosesByItselfAtItsTime() {
    book.open("ORDER-1", 1200, Duration.ofMinutes(15));

    clock.advance(Duration.ofMinutes(15).minusNanos(1));
    assertThat(book.byOrderNo("ORDER-1").orElseThrow().state()).isEqualTo(Trade.State.UNPAID);
    clock.advance(Duration.ofHours(2));

    Trade closed = book.byOrderNo("ORDER-1").orElseThrow();
    assertThat(closed.state()).isEqualTo(Trade.State.CLOSED);
    assertThat(closed.changedAt()).isEqualTo(NOON.plus(Duration.ofMinutes(15)));
    assertThat(book.pay("ORDER-1").refusal()).isEqualTo(TradeRefusal.ALREADY_CLOSED);
  }

  @Test
  void aRefundsNumberStandsForOneRefund() {
    paid("ORDER-1", 1200);
    paid("ORDER-2", 1200);
    TradeRefund refund = book.refund("ORDER-1", "R-1", 500).get();

    assertThat(book.refund("ORDER-1", "R-1", 500).get()).isEqualTo(refund);
    assertThat(book.refund("ORDER-1", "R-1", 501).refusal()).isEqualTo(TradeRefusal.OTHER_CONTENT);
    assertThat(book.refund("ORDER-2", "R-1", 500).refusal()).isEqualTo(TradeRefusal.OTHER_CONTENT);
    assertThat(book.byOrderNo("ORDER-1").orElseThrow().refundingMinor()).isEqualTo(500);
  }

  @Test
  void atAlipayARefundsNumberIsItsTrades() {
    TradeBook alipay = new TradeBook(clock, Dialect.ALIPAY, "2021000000000001");
    for (String orderNo : List.of("ORDER-1", "ORDER-2")) {
      alipay.open(orderNo, 1200);
      alipay.pay(orderNo);
      assertThat(alipay.refund(orderNo, "R-1", 500).isNew()).isTrue();
    }
    assertThat(alipay.byOrderNo("ORDER-2").orElseThrow().refundedMinor()).isEqualTo(500);
  }

  @Test
  void noMoreGoesBackThanCame() {
    paid("ORDER-1", 1200);
    book.refund("ORDER-1", "R-1", 700);

    assertThat(book.refund("ORDER-1", "R-2", 501).refusal()).isEqualTo(TradeRefusal.MORE_THAN_LEFT);
    assertThat(book.refund("ORDER-1", "R-2", 500).isDone()).isTrue();
    assertThat(book.refund("ORDER-1", "R-3", 1).refusal()).isEqualTo(TradeRefusal.MORE_THAN_LEFT);
  }

  @Test
  void whatFailedToGoBackMayGoBackAgain() {
    paid("ORDER-1", 1200);
    book.refund("ORDER-1", "R-1", 1200);
    book.settle("ORDER-1", "R-1", TradeRefund.State.CLOSED);

    assertThat(book.refund("ORDER-1", "R-2", 1200).isDone()).isTrue();
  }

  @Test
  void aStuckRefundMayStillSucceedAndAnEndedOneMayNot() {
    paid("ORDER-1", 1200);
    book.refund("ORDER-1", "R-1", 1200);

    assertThat(book.settle("ORDER-1", "R-1", TradeRefund.State.ABNORMAL).isDone()).isTrue();
    clock.advance(Duration.ofDays(2));
    TradeRefund settled = book.settle("ORDER-1", "R-1", TradeRefund.State.SUCCEEDED).get();

    assertThat(settled.settledAt()).isEqualTo(NOON.plus(Duration.ofDays(2)));
    assertThat(book.settle("ORDER-1", "R-1", TradeRefund.State.SUCCEEDED).isNew()).isFalse();
    assertThat(book.settle("ORDER-1", "R-1", TradeRefund.State.CLOSED).refusal())
        .isEqualTo(TradeRefusal.SETTLED);
    assertThat(book.byOrderNo("ORDER-1").orElseThrow().refundedMinor()).isEqualTo(1200);
  }

  @ParameterizedTest
  @EnumSource(names = {"UNPAID", "CLOSED"})
  void whereNoMoneyCameNoneGoesBack(Trade.State state) {
    book.open("ORDER-1", 1200);
    if (state == Trade.State.CLOSED) {
      book.close("ORDER-1");
    }
    assertThat(book.refund("ORDER-1", "R-1", 1).refusal()).isEqualTo(TradeRefusal.NOT_PAID);
  }

  @Test
  void fiftyRefundsAndNotOneMore() {
    paid("ORDER-1", 1200);
    IntStream.range(0, 50).forEach(i -> book.refund("ORDER-1", "R-" + i, 1));

    assertThat(book.refund("ORDER-1", "R-50", 1).refusal())
        .isEqualTo(TradeRefusal.TOO_MANY_REFUNDS);
  }

  @Test
  void afterAYearNothingGoesBack() {
    paid("ORDER-1", 1200);
    clock.advance(Duration.ofDays(366));

    assertThat(book.refund("ORDER-1", "R-1", 1).refusal()).isEqualTo(TradeRefusal.TOO_LATE);
  }

  @Test
  void aCombinationIsPaidOrClosedAsAWhole() {
    book.openCombined("C-1", amounts("ORDER-1", "ORDER-2"));
    book.openCombined("C-2", amounts("ORDER-3", "ORDER-4"));

    book.pay("ORDER-2");
    book.close("ORDER-3");

    assertThat(book.byCombineOrderNo("C-1"))
        .extracting(Trade::state)
        .containsExactly(Trade.State.PAID, Trade.State.PAID);
    assertThat(book.byCombineOrderNo("C-2"))
        .extracting(Trade::state)
        .containsExactly(Trade.State.CLOSED, Trade.State.CLOSED);
    assertThat(book.openCombined("C-1", amounts("ORDER-1", "ORDER-2")).isNew()).isFalse();
    assertThat(book.openCombined("C-1", amounts("ORDER-1")).refusal())
        .isEqualTo(TradeRefusal.OTHER_CONTENT);
    assertThat(book.openCombined("C-3", amounts("ORDER-1")).refusal())
        .isEqualTo(TradeRefusal.OTHER_CONTENT);
  }

  @Test
  void aPreparedTradeIsPaidOnceItIsSeen() {
    book.prepare("ORDER-1", 1200);
    book.prepare("ORDER-2", 1200);

    assertThat(book.scan("ORDER-1").get().state()).isEqualTo(Trade.State.UNPAID);
    assertThat(book.pay("ORDER-1").isDone()).isTrue();
    clock.advance(Duration.ofDays(8));
    assertThat(book.scan("ORDER-2").refusal()).isEqualTo(TradeRefusal.ALREADY_CLOSED);
  }

  @Test
  void ofPayingAndClosingAtOnceExactlyOneWins() throws InterruptedException {
    int orders = 500;
    ExecutorService threads = Executors.newFixedThreadPool(2);
    ConcurrentLinkedQueue<Boolean> won = new ConcurrentLinkedQueue<>();
    CountDownLatch done = new CountDownLatch(2 * orders);
    for (int i = 0; i < orders; i++) {
      String orderNo = "ORDER-" + i;
      book.open(orderNo, 1);
      for (Runnable each :
          List.<Runnable>of(
              () -> won.add(book.pay(orderNo).isDone()),
              () -> won.add(book.close(orderNo).isDone()))) {
        threads.execute(
            () -> {
              each.run();
              done.countDown();
            });
      }
    }
    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    threads.shutdown();

    assertThat(won.stream().filter(done1 -> done1)).hasSize(orders);
  }

  private static Map<String, Long> amounts(String... orderNos) {
    Map<String, Long> amounts = new LinkedHashMap<>();
    for (String orderNo : orderNos) {
      amounts.put(orderNo, 100L);
    }
    return amounts;
  }
}
