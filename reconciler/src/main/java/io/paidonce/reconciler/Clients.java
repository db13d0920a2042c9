package io.paidonce.reconciler;

import io.paidonce.contract.ProviderAccount;
import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.ApiCredentials;
import io.paidonce.providers.ApiProtocol;
import io.paidonce.providers.ApiTransport;
import io.paidonce.providers.CallbackProtocol;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Protocols;
import io.paidonce.providers.ProviderClient;
import io.paidonce.reconciler.ReconcilerConfig.AccountLimit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Those in whose name we can ask, opened with their keys. */
final class Clients {

  private final Map<ProviderAccount, ProviderClient> byAccount = new HashMap<>();
  private final List<AskedAccount> accounts = new ArrayList<>();

  private Clients() {}

  /** Opens all, reporting what is wrong with any of them; incomplete where something is. */
  static Clients open(
      ReconcilerConfig config, ApiTransport transport, RandomGenerator random, Problems problems) {
    Clients clients = new Clients();
    List<ApiCredentials> credentials = config.credentials();
    if (credentials.isEmpty()) {
      problems.in("credentials").add("is empty; nobody can be asked without a key of our own");
    }
    for (int i = 0; i < credentials.size(); i++) {
      clients.open(credentials.get(i), config, transport, random, problems.in("credentials").at(i));
    }
    for (int i = 0; i < config.accountLimits().size(); i++) {
      ProviderAccount limited = ProviderAccount.parse(config.accountLimits().get(i).account());
      if (!clients.byAccount.containsKey(limited) && problems.isEmpty()) {
        problems
            .in("reconciler")
            .in("accountLimits")
            .at(i)
            .in("account")
            .add("is " + limited + ", which is not among credentials; add it there or correct it");
      }
    }
    return clients;
  }

  /** How each account that is configured is spoken to, credentials or not. */
  static Map<ProviderAccount, String> protocols(ReconcilerConfig config) {
    Map<ProviderAccount, String> protocols = new HashMap<>();
    for (AccountConfig account : config.accounts()) {
      Protocols.byId(account.protocol())
          .ifPresent(
              protocol ->
                  protocols.putIfAbsent(
                      new ProviderAccount(protocol.provider(), account.id()), protocol.id()));
    }
    // Where two protocols reach one account, the one that it is asked by.
    for (ApiCredentials credentials : config.credentials()) {
      Protocols.byId(credentials.protocol())
          .ifPresent(
              protocol ->
                  protocols.put(
                      new ProviderAccount(protocol.provider(), credentials.account()),
                      protocol.id()));
    }
    return protocols;
  }

  List<AskedAccount> accounts() {
    return List.copyOf(accounts);
  }

  /**
   * @throws IllegalStateException if it is not among {@link #accounts()}
   */
  ProviderClient client(ProviderAccount account) {
    ProviderClient client = byAccount.get(account);
    if (client == null) {
      throw new IllegalStateException("nobody can ask in the name of " + account);
    }
    return client;
  }

  private void open(
      ApiCredentials credentials,
      ReconcilerConfig config,
      ApiTransport transport,
      RandomGenerator random,
      Problems here) {
    Optional<ApiProtocol<?, ?>> protocol =
        Protocols.asked().stream().filter(p -> p.id().equals(credentials.protocol())).findFirst();
    if (protocol.isEmpty()) {
      here.in("protocol").add("is " + credentials.protocol() + "; one of " + known());
      return;
    }
    Optional<AccountConfig> account =
        config.accounts().stream()
            .filter(a -> a.protocol().equals(credentials.protocol()))
            .filter(a -> a.id().equals(credentials.account()))
            .findFirst();
    if (account.isEmpty()) {
      here.in("account")
          .add(
              "is "
                  + credentials.account()
                  + ", which is no "
                  + credentials.protocol()
                  + " account, or not a sound one; answers are verified with its keys");
      return;
    }
    ProviderAccount name =
        new ProviderAccount(
            Protocols.byId(credentials.protocol())
                .map(CallbackProtocol::provider)
                .orElseThrow(() -> new IllegalStateException(credentials.protocol())),
            credentials.account());
    if (byAccount.containsKey(name)) {
      here.add("is for " + name + ", and so are earlier ones; keep one of them");
      return;
    }
    opened(protocol.get(), account.get(), credentials, transport, random, here)
        .ifPresent(
            client -> {
              byAccount.put(name, client);
              accounts.add(asked(name, account.get(), client, config));
            });
  }

  private static <C extends AccountConfig, K extends ApiCredentials>
      Optional<ProviderClient> opened(
          ApiProtocol<C, K> protocol,
          AccountConfig account,
          ApiCredentials credentials,
          ApiTransport transport,
          RandomGenerator random,
          Problems here) {
    return protocol.open(
        protocol.configType().cast(account),
        protocol.credentialsType().cast(credentials),
        transport,
        random,
        here);
  }

  private static AskedAccount asked(
      ProviderAccount name, AccountConfig account, ProviderClient client, ReconcilerConfig config) {
    Optional<AccountLimit> own =
        config.accountLimits().stream()
            .filter(limit -> ProviderAccount.parse(limit.account()).equals(name))
            .findFirst();
    return new AskedAccount(
        name,
        account.shop(),
        client.hosts(),
        own.map(AccountLimit::requestsPerSecond).orElse(config.requestsPerSecond()),
        own.map(config::burstOf).orElse(config.burst()));
  }

  private static String known() {
    return Protocols.asked().stream().map(ApiProtocol::id).collect(Collectors.joining(", "));
  }
}
