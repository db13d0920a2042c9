package io.paidonce.providers;

import io.paidonce.contract.Authentication;
import io.paidonce.contract.NotificationKind;
import io.paidonce.contract.Observation;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.Rejection;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges stored notifications again, from their evidence alone and with the key that was valid when
 * they were received: the one rule by which the checker, a replay and a proof call one forged.
 */
public final class EvidenceCheck {

  private final Map<String, Account> accounts;

  /**
   * With accounts that are open.
   *
   * @param accounts by {@link #name}
   */
  public EvidenceCheck(Map<String, Account> accounts) {
    this.accounts = Map.copyOf(accounts);
  }

  /**
   * Opens the accounts.
   *
   * @throws IllegalArgumentException naming everything that is wrong with them
   */
  public static EvidenceCheck of(List<AccountConfig> configs) {
    return of(configs, Map.of());
  }

  /**
   * The same with keys that were valid until a stated time only.
   *
   * @param ends the last moment of each such key by its id, by {@link #name} of its account
   * @throws IllegalArgumentException naming everything that is wrong with the accounts
   */
  public static EvidenceCheck of(
      List<AccountConfig> configs, Map<String, Map<String, Instant>> ends) {
    Problems problems = Problems.none();
    Map<String, Account> accounts = new HashMap<>();
    for (int i = 0; i < configs.size(); i++) {
      AccountConfig config = configs.get(i);
      Problems here = problems.in("accounts").at(i);
      Optional<CallbackProtocol<?>> protocol = Protocols.byId(config.protocol());
      if (protocol.isEmpty()) {
        here.in("protocol").add("no such protocol: " + config.protocol());
      } else {
        String name = name(config.protocol(), config.id());
        open(protocol.get(), config, here)
            .ifPresent(account -> accounts.put(name, ending(account, ends.get(name))));
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems.lines()));
    }
    return new EvidenceCheck(accounts);
  }

  private static Account ending(Account account, @Nullable Map<String, Instant> ends) {
    return ends == null ? account : new RetiringAccount(account, ends);
  }

  public static String name(String protocol, String account) {
    return protocol + ":" + account;
  }

  private static <C extends AccountConfig> Optional<Account> open(
      CallbackProtocol<C> protocol, AccountConfig config, Problems problems) {
    return protocol.open(protocol.configType().cast(config), problems);
  }

  /**
   * What a stored notification is, by its evidence.
   *
   * @param fault why it is not, or can't be shown to be, what a provider said; empty where it is
   * @param isUntold whether the fault may be ours alone: the key that it names, or its account, is
   *     not configured any more, so that nobody can tell
   * @param fact which of the facts of its callback it is, from 0
   * @param facts how many its callback holds; each of them must be stored
   */
  public record Judgement(Optional<String> fault, boolean isUntold, int fact, int facts) {
    static final Judgement WHOLE = new Judgement(Optional.empty(), false, 0, 1);

    static Judgement fault(String why) {
      return new Judgement(Optional.of(why), false, 0, 1);
    }

    static Judgement untold(String why) {
      return new Judgement(Optional.of(why), true, 0, 1);
    }

    private static Judgement of(Optional<String> fault) {
      return new Judgement(fault, false, 0, 1);
    }
  }

  /** What the body of its evidence says once decrypted; empty where it is not encrypted. */
  public Optional<RawBytes> decrypted(PaymentNotification stored) {
    Account account = accounts.get(name(stored.protocol(), stored.account()));
    return account == null ? Optional.empty() : account.decrypted(stored);
  }

  /** Judges with the account that received it. */
  public Judgement judge(PaymentNotification stored) {
    Observation observation = stored.observation();
    if (observation != null && stored.authentication() == Authentication.OWN) {
      // Also of an account that is none of ours: that may be what it says.
      return Judgement.of(ObservationCheck.ownFault(stored, observation));
    }
    Account account = accounts.get(name(stored.protocol(), stored.account()));
    return account == null
        ? Judgement.untold(
            "account " + stored.account() + " of " + stored.protocol() + " was not given")
        : judge(account, stored);
  }

  /** Judges with an account, whatever it is called. Our own word is no account's to judge. */
  public static Judgement judge(Account account, PaymentNotification stored) {
    Verdict verdict = account.judgeAgain(stored);
    if (verdict instanceof Verdict.Refused refused) {
      String why = refused.rejection() + ", " + refused.explanation();
      return isUntold(account, stored, refused.rejection())
          ? Judgement.untold(why)
          : Judgement.fault(why);
    }
    Observation observation = stored.observation();
    if (observation != null) {
      return Judgement.of(ObservationCheck.fault(stored, observation, verdict));
    }
    if (verdict instanceof Verdict.Unreadable unreadable) {
      return Judgement.fault("unreadable, " + unreadable.detail());
    }
    if (verdict instanceof Verdict.Authentic authentic) {
      return judge(stored, authentic.notifications());
    }
    throw new IllegalStateException("no such verdict: " + verdict);
  }

  // What says by itself which key signed it is held to that; else to what was written beside it.
  private static boolean isUntold(
      Account account, PaymentNotification stored, Rejection rejection) {
    return switch (rejection) {
      case UNKNOWN_KEY, UNDECIPHERABLE -> true;
      case SIGNATURE_MISMATCH -> {
        String named =
            account.keyNamedIn(CallbackRequest.replayOf(stored)).orElse(stored.evidence().keyId());
        yield account.keys().stream().noneMatch(key -> key.id().equals(named));
      }
      default -> false;
    };
  }

  private static Judgement judge(PaymentNotification stored, List<PaymentNotification> callback) {
    if (isOfAnOlderBuild(stored)) {
      return Judgement.WHOLE;
    }
    List<Said> facts = callback.stream().map(Said::of).distinct().toList();
    int fact = facts.indexOf(Said.of(stored));
    if (fact >= 0) {
      return new Judgement(Optional.empty(), false, fact, facts.size());
    }
    return Judgement.fault("its facts are not those of its evidence");
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
