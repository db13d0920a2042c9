package io.paidonce.gateway;

import io.paidonce.providers.Account;
import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.CallbackProtocol;
import io.paidonce.providers.Problems;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The accounts that are served, found by the path before anything of a request is parsed. */
final class Accounts {

  /** An account with the protocol that its answers are spoken in. */
  record Served(CallbackProtocol<?> protocol, Account account) {}

  private record At(int index, String shop) {}

  private final Map<String, CallbackProtocol<?>> protocols;
  private final Map<String, Served> byPath;

  private Accounts(Map<String, CallbackProtocol<?>> protocols, Map<String, Served> byPath) {
    this.protocols = protocols;
    this.byPath = byPath;
  }

  /** Opens every account, reporting what is wrong with any of them. */
  static Accounts open(
      List<AccountConfig> configs, List<CallbackProtocol<?>> spoken, Problems problems) {
    Map<String, CallbackProtocol<?>> protocols =
        spoken.stream().collect(Collectors.toMap(CallbackProtocol::id, Function.identity()));
    Map<String, Served> byPath = new HashMap<>();
    Map<String, Integer> pathsSeen = new HashMap<>();
    Map<String, At> shopsSeen = new HashMap<>();
    if (configs.isEmpty()) {
      problems.in("accounts").add("is empty; a gateway serves at least one account");
    }
    for (int i = 0; i < configs.size(); i++) {
      AccountConfig config = configs.get(i);
      Problems here = problems.in("accounts").at(i);
      CallbackProtocol<?> protocol = protocols.get(config.protocol());
      if (protocol == null) {
        here.in("protocol")
            .add("is " + config.protocol() + "; known are " + sorted(protocols) + ", as spelt");
        continue;
      }
      String path = path(config.protocol(), config.id());
      Integer earlier = pathsSeen.putIfAbsent(path, i);
      if (earlier != null) {
        here.add("is " + path + ", and so is accounts[" + earlier + "]; keep one of them");
      }
      checkShop(i, config, protocol.provider() + " account " + config.id(), shopsSeen, here);
      open(protocol, config, here)
          .ifPresent(account -> byPath.put(path, new Served(protocol, account)));
    }
    return new Accounts(protocols, Map.copyOf(byPath));
  }

  // Two protocols of one network share the account: its money can't belong to two shops.
  private static void checkShop(
      int index, AccountConfig config, String name, Map<String, At> seen, Problems here) {
    At earlier = seen.putIfAbsent(name, new At(index, config.shop()));
    if (earlier != null && !earlier.shop().equals(config.shop())) {
      here.in("shop")
          .add(
              "is %s, but %s belongs to shop %s at accounts[%d]; an account belongs to one shop"
                  .formatted(config.shop(), name, earlier.shop(), earlier.index()));
    }
  }

  private static <C extends AccountConfig> Optional<Account> open(
      CallbackProtocol<C> protocol, AccountConfig config, Problems here) {
    if (!protocol.configType().isInstance(config)) {
      throw new IllegalStateException(
          "an account of " + protocol.id() + " was bound to " + config.getClass().getSimpleName());
    }
    return protocol.open(protocol.configType().cast(config), here);
  }

  private static String sorted(Map<String, ?> protocols) {
    return protocols.keySet().stream().sorted().collect(Collectors.joining(", "));
  }

  private static String path(String protocol, String account) {
    return protocol + "/" + account;
  }

  Set<String> paths() {
    return byPath.keySet();
  }

  Optional<CallbackProtocol<?>> protocol(String id) {
    return Optional.ofNullable(protocols.get(id));
  }

  Optional<Served> find(String protocol, String account) {
    return Optional.ofNullable(byPath.get(path(protocol, account)));
  }
}
