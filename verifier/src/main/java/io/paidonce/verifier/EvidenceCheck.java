package io.paidonce.verifier;

import io.paidonce.contract.Authentication;
import io.paidonce.contract.NotificationKind;
import io.paidonce.contract.Observation;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RefundFact;
import io.paidonce.providers.Account;
import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.CallbackProtocol;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Protocols;
import io.paidonce.providers.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

  /**
   * What a stored notification is, by its evidence.
   *
   * @param fault why it is not what a provider said; empty where it is
   * @param fact which of the facts of its callback it is, from 0
   * @param facts how many its callback holds; each of them must be stored
   */
  record Judgement(Optional<String> fault, int fact, int facts) {
    static final Judgement WHOLE = new Judgement(Optional.empty(), 0, 1);

    static Judgement fault(String why) {
      return new Judgement(Optional.of(why), 0, 1);
    }
  }

  Judgement judge(PaymentNotification stored) {
    Observation observation = stored.observation();
    if (observation != null && stored.authentication() == Authentication.OWN) {
      // Also of an account that is none of ours: that may be what it says.
      return new Judgement(ObservationCheck.ownFault(stored, observation), 0, 1);
    }
    Account account = accounts.get(name(stored.protocol(), stored.account()));
    if (account == null) {
      return Judgement.fault(
          "account " + stored.account() + " of " + stored.protocol() + " was not given");
    }
    if (observation != null) {
      return new Judgement(ObservationCheck.fault(stored, observation, account::judgeAgain), 0, 1);
    }
    Verdict verdict = account.judgeAgain(stored);
    if (verdict instanceof Verdict.Refused refused) {
      return Judgement.fault(refused.rejection() + ", " + refused.explanation());
    }
    if (verdict instanceof Verdict.Unreadable unreadable) {
      return Judgement.fault("unreadable, " + unreadable.detail());
    }
    if (verdict instanceof Verdict.Authentic authentic) {
      return judge(stored, authentic.notifications());
    }
    throw new IllegalStateException("no such verdict: " + verdict);
  }

  private static Judgement judge(PaymentNotification stored, List<PaymentNotification> callback) {
    if (isOfAnOlderBuild(stored)) {
      return Judgement.WHOLE;
    }
    List<Said> facts = callback.stream().map(Said::of).distinct().toList();
    int fact = facts.indexOf(Said.of(stored));
    return fact < 0
        ? Judgement.fault("its facts are not those of its evidence")
        : new Judgement(Optional.empty(), fact, facts.size());
  }

  // It claimed no fact, and kept the whole callback as a dead letter until a build knows its type.
  private static boolean isOfAnOlderBuild(PaymentNotification stored) {
    return stored.schema() < PaymentNotification.SCHEMA
        && stored.kind() == NotificationKind.UNRECOGNISED;
  }

  /** What a notification says; when and by which delivery it said so is not in the evidence. */
  private record Said(
      String provider,
      String account,
      String shop,
      NotificationKind kind,
      Authentication authentication,
      @Nullable String orderNo,
      @Nullable PaymentFact payment,
      @Nullable RefundFact refund) {
    static Said of(PaymentNotification notification) {
      return new Said(
          notification.provider(),
          notification.account(),
          notification.shop(),
          notification.kind(),
          notification.authentication(),
          notification.orderNo(),
          notification.payment(),
          notification.refund());
    }
  }
}
