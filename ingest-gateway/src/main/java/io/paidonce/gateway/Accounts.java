package io.paidonce.gateway;

import io.paidonce.providers.Account;
import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.AccountKey;
import io.paidonce.providers.CallbackProtocol;
import io.paidonce.providers.KeyDownload;
import io.paidonce.providers.Problems;
import io.paidonce.providers.RetiringAccount;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The accounts that are served, found by the path before anything of a request is parsed. */
final class Accounts {

  /** An account with the protocol that its answers are spoken in. */
  record Served(CallbackProtocol<?> protocol, Account account) {}

  /** An account whose provider hands out keys itself. */
  record Downloading(String path, KeyDownload download) {}

  /** A key of one of them. */
  record ServedKey(String protocol, String account, String id, @Nullable Instant until) {}

  private record At(int index, String shop) {}

  private final Map<String, CallbackProtocol<?>> protocols;
  private final Map<String, Served> byPath;
  private final List<Downloading> downloading;

  private Accounts(Map<String, CallbackProtocol<?>> protocols, Map<String, Served> byPath) {
    this.protocols = protocols;
    this.byPath = byPath;
    this.downloading =
        byPath.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .flatMap(
                entry ->
                    entry.getValue().account().keyDownload().stream()
                        .map(download -> new Downloading(entry.getKey(), download)))
            .toList();
  }

  /** Opens every account, reporting what is wrong with any of them. */
  static Accounts open(
      List<AccountConfig> configs, List<CallbackProtocol<?>> spoken, Problems problems) {
    return open(configs, List.of(), spoken, problems);
  }

  /** The same with keys that are accepted until a stated time only. */
  static Accounts open(
      List<AccountConfig> configs,
      List<RetiringKey> retiring,
      List<CallbackProtocol<?>> spoken,
      Problems problems) {
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
    if (problems.isEmpty()) {
      retire(retiring, byPath, problems.in("retiringKeys"));
    }
    return new Accounts(protocols, Map.copyOf(byPath));
  }

  private static void retire(
      List<RetiringKey> retiring, Map<String, Served> byPath, Problems problems) {
    Map<String, Map<String, Instant>> ends = new HashMap<>();
    for (int i = 0; i < retiring.size(); i++) {
      RetiringKey key = retiring.get(i);
      Problems here = problems.at(i);
      Optional<Instant> end = key.end(here);
      Served served = byPath.get(key.account());
      if (served == null) {
        here.in("account").add("is no account of this configuration; write it as wechat-v3/MCHID");
      } else if (served.account().keys().stream().noneMatch(k -> k.id().equals(key.key()))) {
        here.in("key")
            .add(
                "is none of the account's keys, which are "
                    + served.account().keys().stream()
                        .map(AccountKey::id)
                        .collect(Collectors.joining(", "))
                    + "; take the line out if the key is gone");
      } else if (end.isPresent()
          && ends.computeIfAbsent(key.account(), path -> new HashMap<>())
                  .putIfAbsent(key.key(), end.get())
              != null) {
        here.in("key").add("has two ends; keep one");
      }
    }
    ends.forEach(
        (path, ofAccount) ->
            byPath.computeIfPresent(
                path,
                (same, served) ->
                    new Served(
                        served.protocol(), new RetiringAccount(served.account(), ofAccount))));
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

  /** Every key that a callback may be signed with. */
  List<ServedKey> keys() {
    return byPath.values().stream()
        .flatMap(
            served ->
                served.account().keys().stream()
                    .map(
                        key ->
                            new ServedKey(
                                served.protocol().id(),
                                served.account().id(),
                                key.id(),
                                key.until())))
        .toList();
  }

  /** Those whose provider hands out keys itself, by their paths. */
  List<Downloading> downloading() {
    return downloading;
  }

  /** Goes on with the keys that accounts of the same paths downloaded last. */
  void continueFrom(Accounts earlier) {
    Map<String, KeyDownload> last =
        earlier.downloading.stream()
            .collect(Collectors.toMap(Downloading::path, Downloading::download));
    for (Downloading account : downloading) {
      KeyDownload before = last.get(account.path());
      if (before != null) {
        account.download().continueFrom(before);
      }
    }
  }

  /** What an operator should know of them though they work, each with its path. */
  List<String> warnings() {
    return byPath.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .flatMap(
            entry ->
                entry.getValue().account().warnings().stream()
                    .map(warning -> "account " + entry.getKey() + ": " + warning))
        .toList();
  }

  List<Served> ofProtocol(String id) {
    return byPath.values().stream()
        .filter(served -> served.protocol().id().equals(id))
        .sorted(Comparator.comparing(served -> served.account().id()))
        .toList();
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
