package io.paidonce.simulator.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.providers.ApiTransport;
import io.paidonce.providers.Ask;
import io.paidonce.providers.Doubt;
import io.paidonce.providers.Outcome;
import io.paidonce.providers.Outcome.Observed;
import io.paidonce.providers.Outcome.Refused;
import io.paidonce.providers.Outcome.Told;
import io.paidonce.providers.Outcome.Unknown;
import io.paidonce.providers.ProviderClient;
import io.paidonce.providers.ProviderClient.CombinedOrder;
import io.paidonce.providers.ProviderClient.RefundOrder;
import io.paidonce.providers.ProviderClient.RefundRef;
import io.paidonce.providers.ProviderClient.SubOrder;
import io.paidonce.providers.Refusal;
import io.paidonce.providers.Standing;
import io.paidonce.simulator.Dialect;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our clients ask the simulated providers, in virtual time and without a socket. */
class OurClientsTest {

  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
  private static final String HOST = "http://127.0.0.1:1";

  private final VirtualTime clock = new VirtualTime(NOON);
  private final ScriptedFaults faults = new ScriptedFaults();
  private final TradeBook wechatBook = PlayedAccounts.book(Dialect.WECHAT_V3, clock);
  private final TradeBook alipayBook = PlayedAccounts.book(Dialect.ALIPAY, clock);
  private final ProviderDesk desk =
      new ProviderDesk(clock, faults)
          .admit(PlayedAccounts.merchant(wechatBook))
          .admit(PlayedAccounts.application(alipayBook));
  private final ApiTransport transport =
      new InProcessTransport(desk, clock, Duration.ofSeconds(10));

  private TradeBook book(Dialect dialect) {
    return dialect == Dialect.ALIPAY ? alipayBook : wechatBook;
  }

  private ProviderClient client(Dialect dialect) {
    return PlayedAccounts.client(dialect, transport, HOST);
  }

  private Ask ask() {
    return new Ask("delivery-1", clock.instant(), 0);
  }

  private Trade paid(Dialect dialect, String orderNo) {
    book(dialect).open(orderNo, 1200);
    return book(dialect).pay(orderNo).get();
  }

  private static RefundOrder refund(Trade trade, String refundNo, long amountMinor) {
    return new RefundOrder(ref(trade, refundNo), amountMinor, trade.amountMinor(), "CNY");
  }

  private static RefundRef ref(Trade trade, String refundNo) {
    return new RefundRef(trade.orderNo(), trade.transactionId(), refundNo);
  }

  private static Standing standing(Outcome outcome) {
    if (outcome instanceof Told told) {
      return told.standing();
    }
    assertThat(outcome).isInstanceOf(Observed.class);
    return ((Observed) outcome).standing();
  }

  private static Doubt doubt(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Unknown.class);
    return ((Unknown) outcome).why();
  }

  private static Refusal refusal(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Refused.class);
    return ((Refused) outcome).why();
  }

  private static PaymentNotification fact(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Told.class);
    return ((Told) outcome).notifications().get(0);
  }

  @ParameterizedTest
  @EnumSource(names = {"WECHAT_V3", "ALIPAY"})
  void anOrderThroughItsLife(Dialect dialect) {
    ProviderClient client = client(dialect);
    assertThat(standing(client.queryOrder("ORDER-1", ask()))).isEqualTo(Standing.NOT_FOUND);

    book(dialect).open("ORDER-1", 1200);
    assertThat(standing(client.queryOrder("ORDER-1", ask()))).isEqualTo(Standing.UNPAID);

    clock.advance(Duration.ofHours(2));
    Trade trade = book(dialect).pay("ORDER-1").get();
    clock.advance(Duration.ofHours(2));
    PaymentNotification fact = fact(client.queryOrder("ORDER-1", ask()));
    assertThat(fact.payment().transactionId()).isEqualTo(trade.transactionId());
    assertThat(fact.payment().amountMinor()).isEqualTo(1200);
    assertThat(fact.payment().payee()).isEqualTo(fact.payment().expectedPayee());
    assertThat(fact.payment().occurredAt()).isEqualTo(NOON.plus(Duration.ofHours(2)));
    assertThat(fact.orderNo()).isEqualTo("ORDER-1");
    assertThat(fact(client.queryTransaction(trade.transactionId(), "ORDER-1", ask())).payment())
        .isEqualTo(fact.payment());
  }

  @ParameterizedTest
  @EnumSource(names = {"WECHAT_V3", "ALIPAY"})
  void closing(Dialect dialect) {
    ProviderClient client = client(dialect);
    book(dialect).open("ORDER-1", 1200);
    Trade paid = paid(dialect, "ORDER-2");

    assertThat(standing(client.close("ORDER-1", ask()))).isEqualTo(Standing.CLOSE_ACCEPTED);
    assertThat(standing(client.queryOrder("ORDER-1", ask()))).isEqualTo(Standing.CLOSED);
    // WeChat takes it again; Alipay closes only what waits for its buyer. Neither changes anything.
    Outcome again = client.close("ORDER-1", ask());
    if (dialect == Dialect.ALIPAY) {
      assertThat(refusal(again)).isEqualTo(Refusal.WRONG_STATE);
    } else {
      assertThat(standing(again)).isEqualTo(Standing.CLOSE_ACCEPTED);
    }
    assertThat(standing(client.queryOrder("ORDER-1", ask()))).isEqualTo(Standing.CLOSED);

    assertThat(refusal(client.close("ORDER-2", ask())))
        .isEqualTo(dialect == Dialect.ALIPAY ? Refusal.WRONG_STATE : Refusal.ALREADY_PAID);
    assertThat(fact(client.queryOrder("ORDER-2", ask())).payment().transactionId())
        .isEqualTo(paid.transactionId());
    assertThat(standing(client.close("ORDER-3", ask()))).isEqualTo(Standing.NOT_FOUND);
  }

  @ParameterizedTest
  @EnumSource(names = {"WECHAT_V3", "ALIPAY"})
  void refundsAskedTwiceSendMoneyOnce(Dialect dialect) {
    ProviderClient client = client(dialect);
    Trade trade = paid(dialect, "ORDER-1");

    for (int i = 0; i < 3; i++) {
      assertThat(standing(client.refund(refund(trade, "R-1", 500), ask())))
          .isEqualTo(Standing.REFUND_PENDING);
    }
    book(dialect).settle("ORDER-1", "R-1", TradeRefund.State.SUCCEEDED);

    Outcome settled = client.queryRefund(ref(trade, "R-1"), ask());
    assertThat(standing(settled)).isEqualTo(Standing.REFUND_SETTLED);
    assertThat(fact(settled).refund().amountMinor()).isEqualTo(500);
    assertThat(fact(settled).refund().outcome()).isEqualTo(RefundOutcome.SUCCEEDED);
    assertThat(book(dialect).byOrderNo("ORDER-1").orElseThrow().refundedMinor()).isEqualTo(500);
    assertThat(standing(client.queryOrder("ORDER-1", ask())))
        .isEqualTo(dialect == Dialect.ALIPAY ? Standing.PAID : Standing.PAID_AND_REFUNDED);
  }

  @ParameterizedTest
  @EnumSource(names = {"WECHAT_V3", "ALIPAY"})
  void refundsThatAreRefused(Dialect dialect) {
    ProviderClient client = client(dialect);
    Trade trade = paid(dialect, "ORDER-1");
    client.refund(refund(trade, "R-1", 500), ask());

    assertThat(refusal(client.refund(refund(trade, "R-1", 501), ask()))).isEqualTo(Refusal.OTHER);
    assertThat(refusal(client.refund(refund(trade, "R-2", 701), ask()))).isEqualTo(Refusal.OTHER);
    assertThat(book(dialect).byOrderNo("ORDER-1").orElseThrow().refundingMinor()).isEqualTo(500);
  }

  @Test
  void wechatTellsHowARefundGoesOn() {
    ProviderClient client = client(Dialect.WECHAT_V3);
    Trade trade = paid(Dialect.WECHAT_V3, "ORDER-1");
    assertThat(standing(client.queryRefund(ref(trade, "R-1"), ask())))
        .isEqualTo(Standing.NOT_FOUND);
    client.refund(refund(trade, "R-1", 500), ask());
    assertThat(standing(client.queryRefund(ref(trade, "R-1"), ask())))
        .isEqualTo(Standing.REFUND_PENDING);

    wechatBook.settle("ORDER-1", "R-1", TradeRefund.State.ABNORMAL);
    assertThat(fact(client.queryRefund(ref(trade, "R-1"), ask())).refund().outcome())
        .isEqualTo(RefundOutcome.ABNORMAL);
    wechatBook.settle("ORDER-1", "R-1", TradeRefund.State.SUCCEEDED);
    assertThat(fact(client.queryRefund(ref(trade, "R-1"), ask())).refund().outcome())
        .isEqualTo(RefundOutcome.SUCCEEDED);
  }

  @Test
  void alipayClosesWhatWentBackInFull() {
    ProviderClient client = client(Dialect.ALIPAY);
    Trade trade = paid(Dialect.ALIPAY, "ORDER-1");
    client.refund(refund(trade, "R-1", 1200), ask());

    // The same word as of an order that nobody paid; it must not pass for one.
    assertThat(standing(client.queryOrder("ORDER-1", ask()))).isEqualTo(Standing.UNCLEAR);
  }

  @Test
  void alipayFindsNoRefundThatNeverCame() {
    ProviderClient client = client(Dialect.ALIPAY);
    Trade trade = paid(Dialect.ALIPAY, "ORDER-1");

    assertThat(standing(client.queryRefund(ref(trade, "R-1"), ask()))).isEqualTo(Standing.UNCLEAR);
  }

  @Test
  void alipayDeniesATradeThatNobodyHasSeen() {
    ProviderClient client = client(Dialect.ALIPAY);
    alipayBook.prepare("ORDER-1", 1200);
    assertThat(standing(client.queryOrder("ORDER-1", ask()))).isEqualTo(Standing.NOT_FOUND);
    assertThat(standing(client.close("ORDER-1", ask()))).isEqualTo(Standing.NOT_FOUND);

    alipayBook.scan("ORDER-1");
    assertThat(standing(client.queryOrder("ORDER-1", ask()))).isEqualTo(Standing.UNPAID);
  }

  @Test
  void combinedOrdersAreAskedAboutAndClosedTogether() {
    ProviderClient client = client(Dialect.WECHAT_V3);
    Map<String, Long> amounts = new LinkedHashMap<>(Map.of("ORDER-1", 100L, "ORDER-2", 200L));
    wechatBook.openCombined("COMBINED-1", amounts);
    wechatBook.openCombined("COMBINED-2", Map.of("ORDER-3", 300L));

    assertThat(standing(client.queryCombined(combined("COMBINED-1", "ORDER-1", "ORDER-2"), ask())))
        .isEqualTo(Standing.UNPAID);
    assertThat(standing(client.queryOrder("ORDER-1", ask()))).isEqualTo(Standing.NOT_FOUND);
    assertThat(standing(client.close("ORDER-1", ask()))).isEqualTo(Standing.NOT_FOUND);
    wechatBook.pay("ORDER-1");
    Outcome paid = client.queryCombined(combined("COMBINED-1", "ORDER-1", "ORDER-2"), ask());
    assertThat(((Told) paid).notifications())
        .extracting(PaymentNotification::orderNo)
        .containsExactlyInAnyOrder("ORDER-1", "ORDER-2");
    assertThat(refusal(client.closeCombined(combined("COMBINED-1", "ORDER-1", "ORDER-2"), ask())))
        .isEqualTo(Refusal.ALREADY_PAID);

    assertThat(refusal(client.closeCombined(combined("COMBINED-2", "ORDER-1"), ask())))
        .isEqualTo(Refusal.OTHER);
    assertThat(standing(client.closeCombined(combined("COMBINED-2", "ORDER-3"), ask())))
        .isEqualTo(Standing.CLOSE_ACCEPTED);
    assertThat(standing(client.queryCombined(combined("COMBINED-2", "ORDER-3"), ask())))
        .isEqualTo(Standing.CLOSED);
  }

  @Test
  void aPartnerAsksForItsMerchants() {
    TradeBook subBook = new TradeBook(clock, Dialect.WECHAT_V3, PlayedAccounts.SUB_MCHID);
    ProviderDesk partners =
        new ProviderDesk(clock, faults)
            .admit(
                PlayedAccounts.merchant(wechatBook)
                    .withSubMerchant(PlayedAccounts.SUB_MCHID, subBook));
    ProviderClient client =
        PlayedAccounts.partner(
            new InProcessTransport(partners, clock, Duration.ofSeconds(10)), HOST);
    wechatBook.open("ORDER-1", 700);
    subBook.open("ORDER-1", 1200);
    subBook.open("ORDER-2", 1200);
    Trade trade = subBook.pay("ORDER-1").get();

    PaymentNotification fact = fact(client.queryOrder("ORDER-1", ask()));
    assertThat(fact.account()).isEqualTo(PlayedAccounts.SUB_MCHID);
    assertThat(fact.payment().amountMinor()).isEqualTo(1200);
    assertThat(fact.payment().payee()).isEqualTo(fact.payment().expectedPayee());
    assertThat(fact(client.queryTransaction(trade.transactionId(), "ORDER-1", ask())).payment())
        .isEqualTo(fact.payment());
    assertThat(standing(client.close("ORDER-2", ask()))).isEqualTo(Standing.CLOSE_ACCEPTED);
    assertThat(standing(client.refund(refund(trade, "R-1", 500), ask())))
        .isEqualTo(Standing.REFUND_PENDING);
    assertThat(standing(client.queryRefund(ref(trade, "R-1"), ask())))
        .isEqualTo(Standing.REFUND_PENDING);
    assertThat(partners.asked())
        .extracting(asking -> asking.asked().account())
        .containsOnly(PlayedAccounts.SUB_MCHID);
    // Who is not its partner finds nothing.
    assertThat(standing(PlayedAccounts.partner(transport, HOST).queryOrder("ORDER-1", ask())))
        .isEqualTo(Standing.NOT_FOUND);
  }

  private static CombinedOrder combined(String combineOrderNo, String... orderNos) {
    return new CombinedOrder(
        combineOrderNo,
        PlayedAccounts.APPID,
        List.of(orderNos).stream().map(no -> new SubOrder(PlayedAccounts.MCHID, no)).toList());
  }

  @ParameterizedTest
  @EnumSource(names = {"WECHAT_V3", "ALIPAY"})
  void whoeverSignsWithAnotherKeyIsRefusedAndChangesNothing(Dialect dialect) {
    ProviderClient forger = PlayedAccounts.forger(dialect, transport, HOST);
    Trade trade = paid(dialect, "ORDER-1");
    book(dialect).open("ORDER-2", 1200);

    assertThat(refusal(forger.queryOrder("ORDER-1", ask()))).isEqualTo(Refusal.NOT_PERMITTED);
    assertThat(refusal(forger.close("ORDER-2", ask()))).isEqualTo(Refusal.NOT_PERMITTED);
    assertThat(refusal(forger.refund(refund(trade, "R-1", 1), ask())))
        .isEqualTo(Refusal.NOT_PERMITTED);
    assertThat(book(dialect).byOrderNo("ORDER-2").orElseThrow().state())
        .isEqualTo(Trade.State.UNPAID);
    assertThat(book(dialect).byOrderNo("ORDER-1")).contains(trade);
  }

  @Test
  void wechatRefusesAClockThatIsOff() {
    Instant off = clock.instant().minusSeconds(301);
    wechatBook.open("ORDER-1", 1200);

    assertThat(refusal(client(Dialect.WECHAT_V3).queryOrder("ORDER-1", new Ask("d", off, 0))))
        .isEqualTo(Refusal.NOT_PERMITTED);
  }

  /** Each fault befalls a query and a close of the same paid and unpaid order. */
  @ParameterizedTest
  @EnumSource
  void eachFaultIsWhatItMustBe(Fault.Kind kind) {
    for (Dialect dialect : List.of(Dialect.WECHAT_V3, Dialect.ALIPAY)) {
      if (!kind.isKnownTo(dialect.protocol())) {
        continue;
      }
      String orderNo = "ORDER-" + kind;
      paid(dialect, orderNo);
      faults.on(Asked.Kind.QUERY, orderNo, fault(kind));

      Outcome outcome = client(dialect).queryOrder(orderNo, ask());

      switch (kind) {
        case NONE -> assertThat(standing(outcome)).isEqualTo(Standing.PAID);
        case SLOW -> assertThat(doubt(outcome)).isEqualTo(Doubt.TIMED_OUT);
        case THROTTLED -> {
          assertThat(doubt(outcome)).isEqualTo(Doubt.THROTTLED);
          assertThat(((Unknown) outcome).retryAfter()).isEqualTo(Duration.ofSeconds(7));
        }
        case SERVER_ERROR -> assertThat(doubt(outcome)).isEqualTo(Doubt.SERVER_ERROR);
        case BAD_SIGNATURE, UNSIGNED -> assertThat(doubt(outcome)).isEqualTo(Doubt.UNVERIFIED);
        case UNKNOWN_KEY -> assertThat(doubt(outcome)).isEqualTo(Doubt.UNKNOWN_KEY);
        case PROBE -> assertThat(doubt(outcome)).isEqualTo(Doubt.PROBE);
        case ANOTHER_ORDER -> assertThat(doubt(outcome)).isEqualTo(Doubt.ANOTHER_SUBJECT);
        case NOT_FOUND -> {
          assertThat(standing(outcome)).isEqualTo(Standing.NOT_FOUND);
          // Signed, and still it names no order: it alone must close nothing.
          assertThat(((Observed) outcome).named()).isFalse();
        }
        case RESET, ANSWER_LOST -> assertThat(doubt(outcome)).isEqualTo(Doubt.BROKEN);
      }
      // The next one goes well.
      assertThat(standing(client(dialect).queryOrder(orderNo, ask()))).isEqualTo(Standing.PAID);
    }
  }

  private static Fault fault(Fault.Kind kind) {
    return switch (kind) {
      case SLOW -> Fault.slow(Duration.ofSeconds(10));
      case THROTTLED -> Fault.throttled(Duration.ofSeconds(7));
      default -> Fault.of(kind);
    };
  }

  @ParameterizedTest
  @EnumSource(names = {"WECHAT_V3", "ALIPAY"})
  void whatWasDoneStaysDoneThoughNobodyHeardOfIt(Dialect dialect) {
    ProviderClient client = client(dialect);
    book(dialect).open("ORDER-1", 1200);
    Trade trade = paid(dialect, "ORDER-2");
    faults
        .on(Asked.Kind.CLOSE, "ORDER-1", Fault.of(Fault.Kind.ANSWER_LOST))
        .on(
            Asked.Kind.REFUND,
            "R-1",
            Fault.of(Fault.Kind.RESET),
            Fault.of(Fault.Kind.ANSWER_LOST),
            Fault.slow(Duration.ofSeconds(11)));

    assertThat(doubt(client.close("ORDER-1", ask()))).isEqualTo(Doubt.BROKEN);
    assertThat(standing(client.queryOrder("ORDER-1", ask()))).isEqualTo(Standing.CLOSED);

    assertThat(doubt(client.refund(refund(trade, "R-1", 500), ask()))).isEqualTo(Doubt.BROKEN);
    assertThat(book(dialect).byOrderNo("ORDER-2").orElseThrow().refunds()).isEmpty();
    assertThat(doubt(client.refund(refund(trade, "R-1", 500), ask()))).isEqualTo(Doubt.BROKEN);
    assertThat(doubt(client.refund(refund(trade, "R-1", 500), ask()))).isEqualTo(Doubt.TIMED_OUT);
    assertThat(standing(client.refund(refund(trade, "R-1", 500), ask())))
        .isEqualTo(Standing.REFUND_PENDING);
    assertThat(book(dialect).byOrderNo("ORDER-2").orElseThrow().refunds())
        .singleElement()
        .satisfies(refund -> assertThat(refund.amountMinor()).isEqualTo(500));
  }

  @Test
  void throttledWithoutATimeSaysNone() {
    faults.on(Asked.Kind.QUERY, "ORDER-1", Fault.of(Fault.Kind.THROTTLED));

    Outcome outcome = client(Dialect.WECHAT_V3).queryOrder("ORDER-1", ask());

    assertThat(doubt(outcome)).isEqualTo(Doubt.THROTTLED);
    assertThat(((Unknown) outcome).retryAfter()).isNull();
  }

  @Test
  void allThatWasAskedIsOnRecord() {
    book(Dialect.WECHAT_V3).open("ORDER-1", 1200);
    faults.on(Asked.Kind.CLOSE, "ORDER-1", Fault.of(Fault.Kind.RESET));
    client(Dialect.WECHAT_V3).queryOrder("ORDER-1", ask());
    clock.advance(Duration.ofSeconds(5));
    client(Dialect.WECHAT_V3).close("ORDER-1", ask());
    client(Dialect.ALIPAY).queryOrder("ORDER-2", ask());

    assertThat(desk.asked())
        .containsExactly(
            new Asking(
                NOON,
                new Asked("wechat-v3", PlayedAccounts.MCHID, Asked.Kind.QUERY, "ORDER-1"),
                Fault.Kind.NONE,
                "200"),
            new Asking(
                NOON.plusSeconds(5),
                new Asked("wechat-v3", PlayedAccounts.MCHID, Asked.Kind.CLOSE, "ORDER-1"),
                Fault.Kind.RESET,
                ""),
            new Asking(
                NOON.plusSeconds(5),
                new Asked("alipay", PlayedAccounts.APP_ID, Asked.Kind.QUERY, "ORDER-2"),
                Fault.Kind.NONE,
                "200 ACQ.TRADE_NOT_EXIST"));
  }
}
