package io.paidonce.verifier;

import io.paidonce.contract.PaymentNotification;
import io.paidonce.providers.Account;
import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.CallbackProtocol;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Protocols;
import io.paidonce.providers.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Judges stored notifications again, from their evidence alone. */
final class EvidenceCheck {

  private final Map<String, Account> accounts;

  /**
   * With accounts that are open.
   *
   * @param accounts by {@link #name}
   */
  EvidenceCheck(Map<String, Account> accounts) {
    this.accounts = Map.copyOf(accounts);
  }

  /**
   * Opens the accounts.
   *
   * @throws IllegalArgumentException naming everything that is wrong with them
   */
  static EvidenceCheck of(List<AccountConfig> configs) {
    Problems problems = Problems.none();
    Map<String, Account> accounts = new HashMap<>();
    for (int i = 0; i < configs.size(); i++) {
      AccountConfig config = configs.get(i);
      Problems here = problems.in("accounts").at(i);
      Optional<CallbackProtocol<?>> protocol = Protocols.byId(config.protocol());
      if (protocol.isEmpty()) {
        here.in("protocol").add("no such protocol: " + config.protocol());
      } else {
        open(protocol.get(), config, here)
            .ifPresent(account -> accounts.put(name(config.protocol(), config.id()), account));
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems.lines()));
    }
    return new EvidenceCheck(accounts);
  }

  static String name(String protocol, String account) {
    return protocol + ":" + account;
  }

  private static <C extends AccountConfig> Optional<Account> open(
      CallbackProtocol<C> protocol, AccountConfig config, Problems problems) {
    return protocol.open(protocol.configType().cast(config), problems);
  }

  /** Why a stored notification is not what a provider said; empty where it is. */
  Optional<String> fault(PaymentNotification stored) {
    Account account = accounts.get(name(stored.protocol(), stored.account()));
    if (account == null) {
      return Optional.of(
          "account " + stored.account() + " of " + stored.protocol() + " was not given");
    }
    Verdict verdict = account.receive(CallbackRequest.replayOf(stored));
    if (verdict instanceof Verdict.Refused refused) {
      return Optional.of(refused.rejection() + ", " + refused.explanation());
    }
    if (verdict instanceof Verdict.Unreadable unreadable) {
      return Optional.of("unreadable, " + unreadable.detail());
    }
    if (verdict instanceof Verdict.Authentic authentic
        && authentic.notifications().stream().anyMatch(said -> isSame(said, stored))) {
      return Optional.empty();
    }
    return Optional.of("its facts are not those of its evidence");
  }

  private static boolean isSame(PaymentNotification said, PaymentNotification stored) {
    return said.provider().equals(stored.provider())
        && said.account().equals(stored.account())
        && said.shop().equals(stored.shop())
        && said.kind() == stored.kind()
        && Objects.equals(said.orderNo(), stored.orderNo())
        && Objects.equals(said.payment(), stored.payment());
  }
}
