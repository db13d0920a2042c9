package io.paidonce.ledger;

import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.InputKind;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderPayment;
import io.paidonce.contract.OrderStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Pairs of inputs that leave an order somewhere else when they change places. */
final class Races {

  private final SortedMap<Pair, Race> races = new TreeMap<>(Comparator.comparing(Pair::toString));

  /**
   * What changed places, where the order stood, and where it ends with the one or the other first.
   */
  record Pair(
      OrderStatus at,
      InputKind one,
      InputKind other,
      OrderStatus oneFirst,
      OrderStatus otherFirst) {}

  /**
   * Two inputs, and where they end.
   *
   * @param after what came before, of the shortest history
   */
  record Race(List<String> after, String one, String other, End oneFirst, End otherFirst) {}

  /**
   * Where an order ends.
   *
   * @param open what a person is asked that was not asked before
   * @param isMoneyHere whether anything that fits it did not go back
   */
  record End(OrderStatus status, Set<ExceptionKind> open, boolean isMoneyHere) {
    boolean isSilent() {
      return open.isEmpty() && isMoneyHere;
    }
  }

  /** Compares both orders of every two inputs at one place. */
  void look(
      OrderLedger at,
      List<OrderInput> alphabet,
      Exploration.Outcome[] first,
      List<Exploration.Outcome[]> second,
      Collection<OrderInput> path) {
    for (int a = 0; a < first.length; a++) {
      for (int b = a + 1; b < first.length; b++) {
        OrderLedger ab = after(at, first[a], second.get(a)[b]);
        OrderLedger ba = after(at, first[b], second.get(b)[a]);
        if (ab.status() != ba.status()) {
          Set<String> before = OpenCases.of(at).keySet();
          found(
              at,
              alphabet.get(a),
              alphabet.get(b),
              end(before, ab, first[a], second.get(a)[b]),
              end(before, ba, first[b], second.get(b)[a]),
              path);
        }
      }
    }
  }

  SortedMap<Pair, Race> all() {
    return races;
  }

  void addAll(Races others) {
    others.races.forEach(
        (pair, race) ->
            races.merge(
                pair,
                race,
                (known, now) -> now.after().size() < known.after().size() ? now : known));
  }

  private static OrderLedger after(
      OrderLedger at, Exploration.Outcome one, Exploration.Outcome two) {
    if (two.after() != null) {
      return two.after();
    }
    return one.after() == null ? at : one.after();
  }

  private void found(
      OrderLedger at,
      OrderInput one,
      OrderInput other,
      End oneFirst,
      End otherFirst,
      Collection<OrderInput> path) {
    if (oneFirst.isSilent() && otherFirst.isSilent()) {
      throw new AssertionError(
          "arrival decides about money and nobody is told: "
              + names(path)
              + ", "
              + name(one)
              + " and "
              + name(other)
              + " end "
              + oneFirst
              + " or "
              + otherFirst);
    }
    boolean turned =
        one.kind() == other.kind()
            ? oneFirst.status().compareTo(otherFirst.status()) > 0
            : one.kind().compareTo(other.kind()) > 0;
    Pair pair =
        turned
            ? new Pair(
                at.status(), other.kind(), one.kind(), otherFirst.status(), oneFirst.status())
            : new Pair(
                at.status(), one.kind(), other.kind(), oneFirst.status(), otherFirst.status());
    Race known = races.get(pair);
    if (known == null || path.size() < known.after().size()) {
      races.put(
          pair,
          turned
              ? new Race(names(path), name(other), name(one), otherFirst, oneFirst)
              : new Race(names(path), name(one), name(other), oneFirst, otherFirst));
    }
  }

  private static End end(
      Set<String> before, OrderLedger after, Exploration.Outcome one, Exploration.Outcome two) {
    Set<ExceptionKind> open = EnumSet.noneOf(ExceptionKind.class);
    OpenCases.of(after)
        .forEach(
            (id, need) -> {
              if (!before.contains(id)) {
                open.add(need.kind());
              }
            });
    for (ExceptionKind refused : new ExceptionKind[] {one.refused(), two.refused()}) {
      if (refused != null) {
        open.add(refused);
      }
    }
    long here = 0;
    for (OrderPayment payment : Standings.of(after)) {
      here += payment.appliedMinor() + payment.owedBackMinor();
    }
    return new End(after.status(), open, here > 0);
  }

  static List<String> names(Collection<OrderInput> inputs) {
    List<String> names = new ArrayList<>();
    inputs.forEach(input -> names.add(name(input)));
    return names;
  }

  private static String name(OrderInput input) {
    @Nullable String about = null;
    if (input.payment() != null) {
      about = input.payment().transactionId() + " of " + input.payment().amountMinor();
    } else if (input.refund() != null) {
      about = input.refund().transactionId() + " " + input.refund().refundId();
    }
    return input.kind() + (about == null ? "" : " " + about);
  }
}
