package io.paidonce.simulator.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paidonce.providers.Ask;
import io.paidonce.providers.CallbackSigner;
import io.paidonce.providers.Outcome.Told;
import io.paidonce.providers.alipay.AlipaySigner;
import io.paidonce.simulator.Dialect;
import io.paidonce.simulator.SimulatedAccount;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The accounts that callbacks are simulated for can be asked about with the same keys. */
class SimulatedAccountTest {

  private final VirtualTime clock = new VirtualTime(Instant.parse("2026-01-31T12:00:00Z"));

  private static SimulatedAccount account(Dialect dialect) {
    CallbackSigner signer =
        dialect == Dialect.ALIPAY
            ? new AlipaySigner(
                PlayedAccounts.PROVIDER.getPrivate(),
                PlayedAccounts.APP_ID,
                PlayedAccounts.SELLER_ID)
            : PlayedAccounts.signer(PlayedAccounts.PLATFORM_KEY_ID);
    String id = dialect == Dialect.ALIPAY ? PlayedAccounts.APP_ID : PlayedAccounts.MCHID;
    return new SimulatedAccount(dialect, id, "shop-1", signer);
  }

  private static WechatV3Merchant merchant(SimulatedAccount account, TradeBook book) {
    return WechatV3Merchant.of(
        account,
        PlayedAccounts.PLATFORM_KEY_ID,
        PlayedAccounts.APPID,
        Map.of(PlayedAccounts.MERCHANT_SERIAL, PlayedAccounts.OWN.getPublic()),
        book);
  }

  @ParameterizedTest
  @EnumSource(names = {"WECHAT_V3", "ALIPAY"})
  void itsOrdersCanBeAskedAbout(Dialect dialect) {
    TradeBook book = PlayedAccounts.book(dialect, clock);
    ProviderDesk desk = new ProviderDesk(clock, Faults.none());
    if (dialect == Dialect.ALIPAY) {
      desk.admit(AlipayApplication.of(account(dialect), PlayedAccounts.OWN.getPublic(), book));
    } else {
      desk.admit(merchant(account(dialect), book));
    }
    book.open("ORDER-1", 1200);
    book.pay("ORDER-1");

    assertThat(
            PlayedAccounts.client(
                    dialect,
                    new InProcessTransport(desk, clock, Duration.ofSeconds(10)),
                    "http://127.0.0.1:1")
                .queryOrder("ORDER-1", new Ask("d", clock.instant(), 0)))
        .isInstanceOf(Told.class);
  }

  @Test
  void anotherProvidersAccountIsAMistake() {
    TradeBook book = PlayedAccounts.book(Dialect.WECHAT_V3, clock);

    assertThatThrownBy(() -> merchant(account(Dialect.ALIPAY), book))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                AlipayApplication.of(
                    account(Dialect.WECHAT_V3), PlayedAccounts.OWN.getPublic(), book))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
