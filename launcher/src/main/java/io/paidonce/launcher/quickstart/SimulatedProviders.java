package io.paidonce.launcher.quickstart;

import io.paidonce.contract.ProviderAccount;
import io.paidonce.providers.wechatv3.WechatV3Signer;
import io.paidonce.simulator.SimulatedAccount;
import io.paidonce.simulator.provider.AlipayApplication;
import io.paidonce.simulator.provider.Faults;
import io.paidonce.simulator.provider.PlatformSeal;
import io.paidonce.simulator.provider.ProviderDesk;
import io.paidonce.simulator.provider.ProviderServer;
import io.paidonce.simulator.provider.TradeBook;
import io.paidonce.simulator.provider.WechatV3Merchant;
import java.security.PublicKey;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * WeChat Pay and Alipay, for the throw-away accounts: what the reconciler asks instead of the real
 * ones. What customers do there is in the accounts' books.
 */
final class SimulatedProviders implements AutoCloseable {

  private final Clock clock = Clock.systemUTC();
  private final ProviderDesk desk = new ProviderDesk(clock, Faults.none());
  private final ProviderServer server = ProviderServer.start(desk, 0);
  private final Map<ProviderAccount, TradeBook> books = new LinkedHashMap<>();

  /** Where they are asked. */
  String address() {
    return server.address();
  }

  /** From now on these accounts may ask. */
  void admit(ThrowAwayAccounts accounts) {
    accounts.simulated().forEach(account -> admit(account, accounts));
  }

  private void admit(SimulatedAccount account, ThrowAwayAccounts accounts) {
    TradeBook book = new TradeBook(clock, account.dialect(), account.id());
    PublicKey merchantKey = accounts.merchantKey();
    switch (account.dialect()) {
      case WECHAT_V3 -> {
        desk.admit(
            new WechatV3Merchant(
                account.id(),
                ThrowAwayAccounts.appid(account.id()),
                Map.of(ThrowAwayAccounts.MERCHANT_SERIAL, merchantKey),
                List.of(
                    PlatformSeal.publicKey(
                        ThrowAwayAccounts.platformKeyId(account.id()),
                        (WechatV3Signer) account.signer())),
                book));
        books.put(new ProviderAccount("wechat", account.id()), book);
      }
      case ALIPAY -> {
        desk.admit(AlipayApplication.of(account, merchantKey, book));
        books.put(new ProviderAccount("alipay", account.id()), book);
      }
      default ->
          throw new IllegalArgumentException(
              account.dialect().protocol() + " has nobody to be asked here");
    }
  }

  /** The trades of each account. */
  Map<ProviderAccount, TradeBook> books() {
    return Map.copyOf(books);
  }

  @Override
  public void close() {
    server.close();
  }
}
