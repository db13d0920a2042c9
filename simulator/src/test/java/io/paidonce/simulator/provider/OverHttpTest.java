package io.paidonce.simulator.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.providers.ApiTransport;
import io.paidonce.providers.Ask;
import io.paidonce.providers.Doubt;
import io.paidonce.providers.Outcome;
import io.paidonce.providers.Outcome.Observed;
import io.paidonce.providers.Outcome.Told;
import io.paidonce.providers.Outcome.Unknown;
import io.paidonce.providers.ProviderClient;
import io.paidonce.providers.ProviderClient.RefundOrder;
import io.paidonce.providers.ProviderClient.RefundRef;
import io.paidonce.providers.Standing;
import io.paidonce.providers.http.JdkApiTransport;
import io.paidonce.simulator.Dialect;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same desk behind real sockets, asked by our client's real transport. */
class OverHttpTest {

  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final ScriptedFaults FAULTS = new ScriptedFaults();
  private static final TradeBook WECHAT =
      PlayedAccounts.book(Dialect.WECHAT_V3, InstantSource.system());
  private static final TradeBook ALIPAY =
      PlayedAccounts.book(Dialect.ALIPAY, InstantSource.system());

  private static ProviderServer server;
  private static ApiTransport transport;

  @BeforeAll
  static void start() {
    server =
        ProviderServer.start(
            new ProviderDesk(InstantSource.system(), FAULTS)
                .admit(PlayedAccounts.merchant(WECHAT))
                .admit(PlayedAccounts.application(ALIPAY)),
            0);
    transport =
        new JdkApiTransport(
            new JdkApiTransport.Limits(PATIENCE, PATIENCE, 1 << 16), InstantSource.system());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static TradeBook book(Dialect dialect) {
    return dialect == Dialect.ALIPAY ? ALIPAY : WECHAT;
  }

  private static ProviderClient client(Dialect dialect) {
    return PlayedAccounts.client(dialect, transport, server.address());
  }

  private static Ask ask() {
    return new Ask("delivery-1", Instant.now(), 0);
  }

  private static Doubt doubt(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Unknown.class);
    return ((Unknown) outcome).why();
  }

  @ParameterizedTest
  @EnumSource(names = {"WECHAT_V3", "ALIPAY"})
  void aPaymentItsRefundAndAnOrderThatIsClosed(Dialect dialect) {
    ProviderClient client = client(dialect);
    book(dialect).open("ORDER 1+1", 1200);
    Trade trade = book(dialect).pay("ORDER 1+1").get();
    book(dialect).open("ORDER-2", 1200);
    RefundRef ref = new RefundRef("ORDER 1+1", trade.transactionId(), "R-1");

    assertThat(((Told) client.queryOrder("ORDER 1+1", ask())).standing()).isEqualTo(Standing.PAID);
    assertThat(((Observed) client.close("ORDER-2", ask())).standing())
        .isEqualTo(Standing.CLOSE_ACCEPTED);
    assertThat(((Observed) client.queryOrder("ORDER-2", ask())).standing())
        .isEqualTo(Standing.CLOSED);
    assertThat(((Observed) client.refund(new RefundOrder(ref, 500, 1200, "CNY"), ask())).standing())
        .isEqualTo(Standing.REFUND_PENDING);
    book(dialect).settle("ORDER 1+1", "R-1", TradeRefund.State.SUCCEEDED);
    assertThat(((Told) client.queryRefund(ref, ask())).standing())
        .isEqualTo(Standing.REFUND_SETTLED);
  }

  @ParameterizedTest
  @EnumSource(names = {"WECHAT_V3", "ALIPAY"})
  void whatTheWireCanDo(Dialect dialect) {
    ProviderClient client = client(dialect);
    for (String orderNo : List.of("LATE-1", "RESET-1", "LOST-1", "THROTTLED-1")) {
      book(dialect).open(orderNo, 1200);
    }
    FAULTS
        .on(Asked.Kind.CLOSE, "LATE-1", Fault.slow(Duration.ofSeconds(60)))
        .on(Asked.Kind.CLOSE, "RESET-1", Fault.of(Fault.Kind.RESET))
        .on(Asked.Kind.CLOSE, "LOST-1", Fault.of(Fault.Kind.ANSWER_LOST))
        .on(Asked.Kind.CLOSE, "THROTTLED-1", Fault.throttled(Duration.ofSeconds(7)));

    assertThat(doubt(client.close("LATE-1", ask()))).isEqualTo(Doubt.TIMED_OUT);
    assertThat(doubt(client.close("RESET-1", ask()))).isEqualTo(Doubt.BROKEN);
    assertThat(doubt(client.close("LOST-1", ask()))).isEqualTo(Doubt.BROKEN);
    Outcome throttled = client.close("THROTTLED-1", ask());
    assertThat(doubt(throttled)).isEqualTo(Doubt.THROTTLED);
    assertThat(((Unknown) throttled).retryAfter()).isEqualTo(Duration.ofSeconds(7));

    assertThat(state(dialect, "LATE-1")).isEqualTo(Trade.State.CLOSED);
    assertThat(state(dialect, "RESET-1")).isEqualTo(Trade.State.UNPAID);
    assertThat(state(dialect, "LOST-1")).isEqualTo(Trade.State.CLOSED);
    assertThat(state(dialect, "THROTTLED-1")).isEqualTo(Trade.State.UNPAID);
  }

  private static Trade.State state(Dialect dialect, String orderNo) {
    return book(dialect).byOrderNo(orderNo).orElseThrow().state();
  }
}
