package io.paidonce.ledger;

import io.paidonce.contract.Answer;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.ProviderAccount;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.RequestKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One order, the accounts where it can be paid, and all that can happen in any order: customers
 * pay, callbacks come or get lost, its time runs out, requests are carried out, their answers get
 * lost or overtake one another. Every reachable state is visited once.
 *
 * @param accounts what each provider really holds
 * @param log what is on its way into the log, in any order
 * @param asked what nobody has carried out yet
 * @param left how often the ledger is woken to ask, and how often an answer may still be lost
 */
record ProviderWorld(
    OrderLedger ledger,
    List<Provider> accounts,
    List<OrderInput> log,
    List<ProviderRequest> asked,
    Left left,
    Instant now) {

  private static final List<String> ACCOUNTS = List.of("alipay", "wechat");
  private static final Duration STEP = Duration.ofSeconds(1);

  /** What an account's provider holds of the order. */
  enum Provider {
    ABSENT,
    OPEN,
    PAID,
    CLOSED
  }

  /** What may still happen. */
  record Left(int wakes, int losses, boolean deadline, boolean cancel) {}

  /** What was seen on the way. */
  static final class Seen {
    final Set<String> states = new HashSet<>();
    final Set<String> ends = new TreeSet<>();
  }

  static ProviderWorld of(OrderInput placed, List<Provider> accounts, Left left) {
    ProviderWorld empty =
        new ProviderWorld(
            OrderLedger.unknown(Inputs.ORDER), accounts, List.of(), List.of(), left, Inputs.NOW);
    return empty.read(placed);
  }

  /** Visits what follows, and requires the promises of all of it. */
  void explore(Seen seen) {
    if (!seen.states.add(key())) {
      return;
    }
    requirePromises();
    List<ProviderWorld> next = next();
    if (next.isEmpty() || isAtRest()) {
      seen.ends.add(ledger.status() + " " + accounts);
    }
    next.forEach(one -> one.explore(seen));
  }

  // Versions, times and noted answers are left out: nothing that follows depends on them but which
  // account is asked again first.
  private String key() {
    StringBuilder key = new StringBuilder().append(ledger.status());
    ledger.payments().forEach(payment -> key.append(payment.transactionId()));
    Closing closing = ledger.closing();
    if (closing != null) {
      for (Closing.At at : closing.accounts()) {
        key.append(at.asked()).append(at.attempt()).append(at.closed() ? 'c' : 'o');
        key.append(at.until().equals(closing.askAt()) ? 'f' : 'l');
      }
    }
    key.append(ledger.wake() == null ? '-' : ledger.wake().why().name().charAt(0));
    accounts.forEach(key::append);
    log.stream().map(OrderInput::inputId).sorted().forEach(id -> key.append(id, 3, id.length()));
    asked.stream()
        .map(one -> one.kind() + one.account() + one.provider() + one.attempt())
        .sorted()
        .forEach(key::append);
    return key.append(left.wakes)
        .append(left.losses)
        .append(left.deadline)
        .append(left.cancel)
        .toString();
  }

  private void requirePromises() {
    boolean cancelled = ledger.status() == OrderStatus.CANCELLED;
    require(!cancelled || !accounts.contains(Provider.PAID), "no paid order is ever closed");
    require(!cancelled || !accounts.contains(Provider.OPEN), "what is cancelled can't be paid");
    require(
        ledger.closing() == null || ledger.wake() != null, "what is being closed is asked again");
    require(
        !log.isEmpty() || !accounts.contains(Provider.PAID) || isPaid() || mayBeAsked(),
        "a payment that was told is in the ledger, or will be asked about");
  }

  // A lost callback is found by asking: by plan until it is due, then by closing.
  private boolean mayBeAsked() {
    return !asked.isEmpty() || ledger.wake() != null;
  }

  private boolean isPaid() {
    return ledger.status() == OrderStatus.PAID;
  }

  private boolean isAtRest() {
    return log.isEmpty() && asked.isEmpty() && ledger.wake() == null;
  }

  private List<ProviderWorld> next() {
    List<ProviderWorld> next = new ArrayList<>();
    for (int i = 0; i < accounts.size(); i++) {
      if (accounts.get(i) == Provider.OPEN) {
        next.add(with(i, Provider.PAID, List.of(payment(i)), List.of()));
        next.add(with(i, Provider.PAID, List.of(), List.of()));
      }
    }
    for (OrderInput input : log) {
      next.add(
          new ProviderWorld(ledger, accounts, without(log, input), asked, left, now).read(input));
    }
    for (ProviderRequest request : asked) {
      next.add(carriedOut(request, true));
      if (left.losses > 0) {
        next.add(carriedOut(request, false));
        next.add(answered(request, Answer.GAVE_UP, accounts, List.of()).losing());
      }
    }
    Wake wake = ledger.wake();
    if (left.deadline && wake != null) {
      Left rest = new Left(left.wakes, left.losses, false, left.cancel);
      next.add(with(rest).read(Inputs.due(900)));
    }
    if (left.cancel) {
      Left rest = new Left(left.wakes, left.losses, left.deadline, false);
      next.add(with(rest).read(Inputs.cancel("c2")));
    }
    if (left.wakes > 0 && wake != null && wake.why() == Wake.Why.ASK) {
      Left rest = new Left(left.wakes - 1, left.losses, left.deadline, left.cancel);
      next.add(
          new ProviderWorld(ledger, accounts, log, asked, rest, later(wake.at()))
              .read(Inputs.ask(wake.at())));
    }
    return next;
  }

  // The provider obeys in any case; whether its answer comes is another question.
  private ProviderWorld carriedOut(ProviderRequest request, boolean isHeard) {
    int i = index(request.asked());
    Provider is = accounts.get(i);
    boolean closes = request.kind() == RequestKind.CLOSE && is == Provider.OPEN;
    List<Provider> after = closes ? replaced(i, Provider.CLOSED) : accounts;
    if (!isHeard) {
      return answered(request, Answer.GAVE_UP, after, List.of()).losing();
    }
    return switch (after.get(i)) {
      case ABSENT -> answered(request, Answer.NOT_FOUND, after, List.of());
      case OPEN -> answered(request, Answer.UNPAID, after, List.of());
      case CLOSED -> answered(request, Answer.CLOSED, after, List.of());
      case PAID -> answered(request, Answer.TOLD, after, List.of(payment(i)));
    };
  }

  private ProviderWorld answered(
      ProviderRequest request, Answer answer, List<Provider> after, List<OrderInput> facts) {
    List<OrderInput> grown = new ArrayList<>(log);
    // Intake lets each identity pass once.
    facts.stream().filter(fact -> !grown.contains(fact) && !isKnown(fact)).forEach(grown::add);
    grown.add(Inputs.answer(request, answer, now.plus(STEP)));
    return new ProviderWorld(ledger, after, grown, without(asked, request), left, now.plus(STEP));
  }

  private boolean isKnown(OrderInput fact) {
    return fact.payment() != null && ledger.payment(fact.payment().transaction()) != null;
  }

  private ProviderWorld losing() {
    return with(new Left(left.wakes, left.losses - 1, left.deadline, left.cancel));
  }

  private ProviderWorld read(OrderInput input) {
    Decision decision = Ledgers.apply(ledger, input);
    if (!(decision instanceof Decision.Advance advance)) {
      return this;
    }
    List<ProviderRequest> grown = new ArrayList<>(asked);
    grown.addAll(advance.requests());
    return new ProviderWorld(
        advance.after(), accounts, log, grown, left, later(input.receivedAt()));
  }

  private Instant later(Instant other) {
    return other.isAfter(now) ? other : now;
  }

  private ProviderWorld with(Left rest) {
    return new ProviderWorld(ledger, accounts, log, asked, rest, now);
  }

  private ProviderWorld with(
      int account, Provider is, List<OrderInput> callbacks, List<ProviderRequest> requests) {
    List<OrderInput> grown = new ArrayList<>(log);
    grown.addAll(callbacks);
    List<ProviderRequest> all = new ArrayList<>(asked);
    all.addAll(requests);
    return new ProviderWorld(ledger, replaced(account, is), grown, all, left, now);
  }

  private List<Provider> replaced(int account, Provider is) {
    List<Provider> changed = new ArrayList<>(accounts);
    changed.set(account, is);
    return Collections.unmodifiableList(changed);
  }

  private static <T> List<T> without(List<T> all, T one) {
    List<T> rest = new ArrayList<>(all);
    rest.remove(one);
    return rest;
  }

  private static OrderInput payment(int account) {
    return Inputs.paidBy(ACCOUNTS.get(account), "t" + account, Inputs.DUE);
  }

  private static int index(ProviderAccount account) {
    return ACCOUNTS.indexOf(account.provider());
  }

  private void require(boolean holds, String promise) {
    if (!holds) {
      throw new AssertionError(promise + ": " + this);
    }
  }
}
