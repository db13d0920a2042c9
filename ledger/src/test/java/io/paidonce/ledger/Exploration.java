package io.paidonce.ledger;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.ExceptionCase;
import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.ExceptionState;
import io.paidonce.contract.LatePayment;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.ProviderRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every history of some inputs up to a length, depth first: each is one step more of its prefix,
 * never begun anew. What an input that changes nothing leads to is what its prefix leads to, so
 * that it is judged and not followed; its histories are counted as if it were.
 */
final class Exploration {

  private static final List<String> TRANSACTIONS = List.of("t1", "t2", "odd");

  private final List<OrderInput> alphabet;
  private final int longest;
  private final Deque<OrderInput> path = new ArrayDeque<>();
  private final Confluence confluence;
  private final Races races = new Races();
  private long decisions;
  private long histories;

  /** What one input did: the order after it, null where nothing changed, and what was refused. */
  record Outcome(@Nullable OrderLedger after, @Nullable ExceptionKind refused) {}

  /** What was said on the way, that must not be said again. */
  private record Said(
      boolean paid, boolean cancelled, boolean refunded, int refundsAsked, Set<String> open) {}

  Exploration(List<OrderInput> alphabet, int longest) {
    this.alphabet = alphabet;
    this.longest = longest;
    this.confluence = new Confluence(alphabet);
  }

  /** Ends where every history keeps its promises. */
  void run() {
    List<Outcome[]> unused = new ArrayList<>();
    histories =
        explore(
            OrderLedger.unknown(Inputs.ORDER),
            new Said(false, false, false, 0, Set.of()),
            0,
            longest,
            unused);
  }

  /** How many histories there are up to a length, the empty one included. */
  long count() {
    return count(alphabet.size(), longest);
  }

  private static long count(int inputs, int longest) {
    long count = 1;
    for (int length = 1, power = inputs; length <= longest; length++, power *= inputs) {
      count += power;
    }
    return count;
  }

  long histories() {
    return histories;
  }

  /** How often the ledger was asked. */
  long decisions() {
    return decisions;
  }

  Races races() {
    return races;
  }

  private long explore(
      OrderLedger at, Said said, int facts, int remaining, List<Outcome[]> results) {
    long histories = 1;
    Outcome[] outcomes = new Outcome[alphabet.size()];
    List<Outcome[]> next = new ArrayList<>(alphabet.size());
    for (int i = 0; i < outcomes.length; i++) {
      OrderInput input = alphabet.get(i);
      path.addLast(input);
      Decision decision = Ledgers.apply(at, input);
      decisions++;
      if (decision instanceof Decision.Advance advance) {
        OrderLedger after = advance.after();
        Said now = judge(at, said, input, advance);
        int factsNow = confluence.with(facts, i);
        confluence.check(after, advance.transition(), factsNow, now.open, this::history);
        outcomes[i] = new Outcome(after, null);
        if (remaining > 1) {
          histories += explore(after, now, factsNow, remaining - 1, next);
        } else {
          histories++;
        }
      } else {
        outcomes[i] =
            new Outcome(
                null, decision instanceof Decision.Refuse refuse ? refuse.opened().kind() : null);
        require(
            Move.of(at.status(), input.kind()).effect() != Move.Effect.ADVANCE
                || isKnown(at, input),
            "a cell that advances does");
        next.add(outcomes);
        histories += count(alphabet.size(), remaining - 1);
      }
      path.removeLast();
    }
    if (remaining > 1) {
      races.look(at, alphabet, outcomes, next, path);
    }
    results.add(outcomes);
    return histories;
  }

  private Said judge(OrderLedger before, Said said, OrderInput input, Decision.Advance advance) {
    OrderTransition transition = advance.transition();
    OrderLedger after = advance.after();
    require(transition.version() == before.version() + 1, "versions have no gap");
    require(after.version() == transition.version(), "the order is at its last version");
    require(transition.from() == before.status(), "a step starts where the last one ended");
    require(transition.to() == after.status(), "and ends where the order is");
    Move.Effect effect = Move.of(before.status(), input.kind()).effect();
    require(
        effect == Move.Effect.ADVANCE
            || effect == Move.Effect.ADVANCE_OR_IGNORE
            || effect == Move.Effect.ADVANCE_OR_REFUSE,
        "only a cell that says so advances");
    boolean reopens = before.status() == OrderStatus.CANCELLED && opensAgain(before);
    require(
        after.status() == before.status()
            || rank(after.status()) > rank(before.status())
            || (reopens && after.status() == OrderStatus.PAID),
        "what was said is never taken back");
    require(
        before.status() != OrderStatus.REFUNDED || after.status() == OrderStatus.REFUNDED,
        "REFUNDED is the end");
    require(
        after.status() != OrderStatus.CANCELLED
            || before.status() == OrderStatus.PENDING
            || before.status() == OrderStatus.CANCELLED,
        "only what waits for its payment is cancelled");
    require(
        after.wake() == null
            || after.status() == OrderStatus.PENDING
            || !after.refunding().isEmpty(),
        "only what waits for its payment, or for a refund, is looked at again");
    require(
        before.status() != OrderStatus.CANCELLED
            || after.status() == OrderStatus.CANCELLED
            || reopens,
        "CANCELLED is the end, unless its policy opens it again");
    require(advance.paid().isPresent() == becomes(OrderStatus.PAID, before, after), "order-paid");
    require(
        advance.cancelled().isPresent() == becomes(OrderStatus.CANCELLED, before, after),
        "order-cancelled");
    require(
        advance.refunded().isPresent() == becomes(OrderStatus.REFUNDED, before, after),
        "order-refunded");
    require(!said.paid || advance.paid().isEmpty(), "order-paid is said once");
    require(!said.cancelled || advance.cancelled().isEmpty(), "order-cancelled is said once");
    require(!said.refunded || advance.refunded().isEmpty(), "order-refunded is said once");
    judgeCases(before, advance);
    return new Said(
        said.paid || advance.paid().isPresent(),
        said.cancelled || advance.cancelled().isPresent(),
        said.refunded || advance.refunded().isPresent(),
        judgeRequests(said.refundsAsked, advance.requests()),
        open(said.open, advance));
  }

  private void judgeCases(OrderLedger before, Decision.Advance advance) {
    for (ExceptionCase one : advance.cases()) {
      KnownCase known = before.cases().get(one.exceptionId());
      require(
          one.revision() == (known == null ? 1 : known.revision() + 1),
          "revisions of a case have no gap");
      require(known != null || one.state() == ExceptionState.OPEN, "a case begins by being opened");
      require(!one.evidence().isEmpty(), "a case says why");
    }
  }

  // As the records say; what a person resolved is needed still.
  private static Set<String> open(Set<String> before, Decision.Advance advance) {
    if (advance.after().cases().values().stream().anyMatch(KnownCase::byHand)) {
      return OpenCases.of(advance.after()).keySet();
    }
    if (advance.cases().isEmpty()) {
      return before;
    }
    Set<String> open = new HashSet<>(before);
    for (ExceptionCase one : advance.cases()) {
      if (one.state() == ExceptionState.OPEN) {
        open.add(one.exceptionId());
      } else {
        open.remove(one.exceptionId());
      }
    }
    return open;
  }

  private int judgeRequests(int asked, List<ProviderRequest> requests) {
    int now = asked;
    for (ProviderRequest request : requests) {
      int bit = 1 << TRANSACTIONS.indexOf(request.transactionId());
      require((now & bit) == 0, "a refund is asked for once");
      now |= bit;
    }
    return now;
  }

  // Facts that are in the ledger already, and commands that expect something else.
  private static boolean isKnown(OrderLedger at, OrderInput input) {
    if (input.payment() != null) {
      return at.payment(input.payment().transaction()) != null;
    }
    return input.refund() != null && at.refund(Identities.of(input.refund())) != null;
  }

  private static boolean opensAgain(OrderLedger order) {
    return requireNonNull(order.terms()).policy().latePayment() == LatePayment.REOPEN;
  }

  private static boolean becomes(OrderStatus status, OrderLedger before, OrderLedger after) {
    return before.status() != status && after.status() == status;
  }

  private static int rank(OrderStatus status) {
    return switch (status) {
      case UNPLACED -> 0;
      case PENDING -> 1;
      case PAID -> 2;
      case SHIPPED -> 3;
      case COMPLETED -> 4;
      case CANCELLED, REFUNDED -> 5;
    };
  }

  private String history() {
    return Races.names(path).toString();
  }

  private void require(boolean holds, String promise) {
    if (!holds) {
      throw new AssertionError(promise + ": " + history());
    }
  }
}
