package io.paidonce.gateway;

import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.CallbackProtocol;
import io.paidonce.providers.Problems;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The accounts that are served just now. They are exchanged all at once or not at all: a request
 * takes the list it finds when its head has come, and is judged by that one to its end.
 */
final class LiveAccounts {

  private static final Logger LOG = LoggerFactory.getLogger(LiveAccounts.class);
  private static final int MOST_WARNINGS = 20;

  private final List<CallbackProtocol<?>> spoken;
  private volatile Accounts current;

  private LiveAccounts(List<CallbackProtocol<?>> spoken, Accounts first) {
    this.spoken = List.copyOf(spoken);
    this.current = first;
  }

  /** Which paths came and went; a key that changed leaves its path where it is. */
  record Change(int served, Set<String> added, Set<String> removed) {
    Change {
      added = Set.copyOf(added);
      removed = Set.copyOf(removed);
    }
  }

  /** Opens every account, reporting what is wrong with any of them. */
  static LiveAccounts open(
      List<AccountConfig> configs,
      List<RetiringKey> retiring,
      List<CallbackProtocol<?>> spoken,
      Problems problems) {
    Accounts first = Accounts.open(configs, retiring, spoken, problems);
    warn(first);
    return new LiveAccounts(spoken, first);
  }

  /** To be asked once for a request. */
  Accounts current() {
    return current;
  }

  /** Serves these from the next request on; none of them where there is one problem. */
  Change replace(List<AccountConfig> configs, List<RetiringKey> retiring, Problems problems) {
    int before = problems.lines().size();
    Accounts next = prepare(configs, retiring, problems);
    return problems.lines().size() == before
        ? serve(next)
        : new Change(current.paths().size(), Set.of(), Set.of());
  }

  /** Opens accounts that are not served yet; not to be served where there was a problem. */
  Accounts prepare(List<AccountConfig> configs, List<RetiringKey> retiring, Problems problems) {
    return Accounts.open(configs, retiring, spoken, problems);
  }

  /** Serves these from the next request on. */
  synchronized Change serve(Accounts next) {
    Accounts last = current;
    warn(next);
    next.continueFrom(last);
    current = next;
    return new Change(
        next.paths().size(),
        without(next.paths(), last.paths()),
        without(last.paths(), next.paths()));
  }

  // Bounded, since a warning of one account is most often one of all.
  private static void warn(Accounts accounts) {
    List<String> warnings = accounts.warnings();
    warnings.stream().limit(MOST_WARNINGS).forEach(warning -> LOG.warn("{}", warning));
    if (warnings.size() > MOST_WARNINGS) {
      LOG.warn("{} more accounts have such warnings", warnings.size() - MOST_WARNINGS);
    }
  }

  private static Set<String> without(Set<String> paths, Set<String> others) {
    Set<String> left = new TreeSet<>(paths);
    left.removeAll(others);
    return left;
  }
}
