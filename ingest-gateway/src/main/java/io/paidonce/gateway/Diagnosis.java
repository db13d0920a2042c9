package io.paidonce.gateway;

import io.paidonce.contract.Rejection;
import io.paidonce.providers.Account;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.Verdict;
import io.paidonce.providers.Verdict.Refused;
import java.util.List;
import java.util.Optional;

/**
 * Looks further into why a callback was refused than its protocol does: whether another account
 * would take it, and what its body may have been before something rewrote it. Only for people:
 * whatever is found, what was refused stays refused.
 */
final class Diagnosis {

  // A public key has no name, so that all of them would have to be tried.
  private static final int MOST_ACCOUNTS_TRIED = 50;
  // Each variant is a copy and a verification.
  private static final int LARGEST_BODY = 262_144;

  private Diagnosis() {}

  /** The same refusal, explained as far as can be told. */
  static Refused explained(
      Accounts accounts, Route route, CallbackRequest request, Refused refused) {
    boolean aboutKeys =
        refused.rejection() == Rejection.UNKNOWN_KEY
            || refused.rejection() == Rejection.SIGNATURE_MISMATCH;
    Optional<Accounts.Served> served = accounts.find(route.protocol(), route.account());
    if (!aboutKeys || served.isEmpty()) {
      return refused;
    }
    Optional<String> found =
        otherAccount(accounts, route, served.get().account(), request)
            .or(
                () ->
                    refused.rejection() == Rejection.SIGNATURE_MISMATCH
                        ? rewritten(served.get().account(), request)
                        : Optional.empty());
    return found
        .map(more -> new Refused(refused.rejection(), refused.explanation() + ". " + more))
        .orElse(refused);
  }

  private static Optional<String> otherAccount(
      Accounts accounts, Route route, Account account, CallbackRequest request) {
    Optional<String> named = account.keyNamedIn(request);
    List<Accounts.Served> others =
        accounts.ofProtocol(route.protocol()).stream()
            .filter(other -> !other.account().id().equals(account.id()))
            .filter(
                other ->
                    named.isEmpty()
                        || other.account().keys().stream()
                            .anyMatch(k -> named.get().equals(k.id())))
            .limit(MOST_ACCOUNTS_TRIED)
            .toList();
    for (Accounts.Served other : others) {
      if (holds(other.account().receive(request))) {
        return Optional.of(
            "The signature holds for account "
                + other.account().id()
                + ": its notifications are sent to the path of account "
                + account.id()
                + " (mend the notify_url)");
      }
    }
    return named
        .filter(key -> !others.isEmpty())
        .map(
            key ->
                "Key "
                    + key
                    + " belongs to account "
                    + others.get(0).account().id()
                    + ", but its signature does not hold there either");
  }

  private static Optional<String> rewritten(Account account, CallbackRequest request) {
    if (request.body().length() > LARGEST_BODY) {
      return Optional.empty();
    }
    return BodyVariants.of(request.body().bytes()).stream()
        .filter(
            variant ->
                holds(
                    account.receive(
                        new CallbackRequest(
                            request.headers(),
                            variant.body(),
                            request.receivedAt(),
                            request.deliveryId()))))
        .findFirst()
        .map(
            variant ->
                "The signature holds for the body "
                    + variant.wasDone()
                    + "; have the proxy or framework before the gateway pass it on untouched");
  }

  // What does not decrypt was signed all the same.
  private static boolean holds(Verdict verdict) {
    return !(verdict instanceof Refused refused)
        || refused.rejection() == Rejection.UNDECIPHERABLE
        || refused.rejection() == Rejection.KEY_RETIRED;
  }
}
