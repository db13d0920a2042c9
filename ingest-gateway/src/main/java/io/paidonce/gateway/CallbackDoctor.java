package io.paidonce.gateway;

import io.paidonce.contract.Rejection;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Protocols;
import io.paidonce.providers.Verdict;
import java.util.List;
import java.util.Optional;

/** Judges a captured callback as the gateway of a configuration would, without any gateway. */
public final class CallbackDoctor {

  private static final int MOST_NAMED = 20;

  private final Accounts accounts;

  /**
   * What became of it.
   *
   * @param accepted whether the gateway would store it and answer success
   * @param word STORED, UNREADABLE or the rejection's id
   * @param explanation for the operator
   */
  public record Finding(boolean accepted, String word, String explanation) {}

  private CallbackDoctor(Accounts accounts) {
    this.accounts = accounts;
  }

  /**
   * For the accounts of a configuration.
   *
   * @throws MisconfiguredException naming every problem of the accounts
   */
  public static CallbackDoctor of(GatewayConfig config) {
    Problems problems = Problems.none();
    Accounts accounts =
        Accounts.open(config.accounts(), config.retiringKeys(), Protocols.all(), problems);
    if (!problems.isEmpty()) {
      throw new MisconfiguredException(problems.lines());
    }
    return new CallbackDoctor(accounts);
  }

  /**
   * Judges one.
   *
   * @param path as in the request line; a query string takes no part
   */
  public Finding examine(String path, CallbackRequest request) {
    int query = path.indexOf('?');
    Route route = Route.of(query < 0 ? path : path.substring(0, query)).orElse(null);
    if (route == null || accounts.protocol(route.protocol()).isEmpty()) {
      return refused(Rejection.UNKNOWN_ROUTE, "served are " + served());
    }
    Optional<Accounts.Served> account = accounts.find(route.protocol(), route.account());
    if (account.isEmpty()) {
      return refused(Rejection.UNKNOWN_ACCOUNT, "served are " + served());
    }
    Verdict verdict = account.get().account().receive(request);
    if (verdict instanceof Verdict.Authentic authentic) {
      return new Finding(
          true,
          "STORED",
          "authentic, signed with key "
              + verdict.keyId()
              + ": "
              + authentic.notifications().stream()
                  .map(n -> n.kind() + " (" + n.eventType() + ")")
                  .toList());
    }
    if (verdict instanceof Verdict.Unreadable unreadable) {
      return new Finding(
          true, "UNREADABLE", "authentic, but kept as a dead letter: " + unreadable.detail());
    }
    Verdict.Refused why = Diagnosis.explained(accounts, route, request, (Verdict.Refused) verdict);
    return refused(why.rejection(), why.explanation());
  }

  private static Finding refused(Rejection rejection, String explanation) {
    return new Finding(
        false,
        rejection.name(),
        "HTTP " + rejection.httpStatus() + ". " + rejection.sentence() + " " + explanation);
  }

  private String served() {
    List<String> paths = accounts.paths().stream().sorted().map(p -> "/callbacks/" + p).toList();
    String shown = String.join(", ", paths.subList(0, Math.min(MOST_NAMED, paths.size())));
    return paths.size() > MOST_NAMED ? shown + ", …" : shown;
  }
}
