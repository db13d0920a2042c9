package io.paidonce.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.Balance;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.RefundOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Promise 5: the amounts are a function of the set of facts, whatever their order and number. */
class BalancesDoNotDependOnArrivalTest {

  private static final List<OrderInput> FACTS =
      List.of(
          Inputs.paid("t1"),
          Inputs.paid("t2"),
          Inputs.paid("short", 1, "CNY", "payee"),
          Inputs.paid("dollars", Inputs.DUE, "USD", "payee"),
          Inputs.paid("elsewhere", Inputs.DUE, "CNY", "another payee"));

  @Test
  void everyArrivalOfEverySetOfFactsEndsInTheSameBalances() {
    Map<String, List<Balance>> balancesBySet = new HashMap<>();
    int[] arrivals = {0};
    for (int set = 0; set < 1 << FACTS.size(); set++) {
      List<OrderInput> inputs = new ArrayList<>();
      inputs.add(Inputs.place("c1", Inputs.DUE));
      for (int i = 0; i < FACTS.size(); i++) {
        if ((set & 1 << i) != 0) {
          inputs.add(FACTS.get(i));
        }
      }
      String name = "set " + set;
      permute(
          inputs,
          0,
          arrival -> {
            arrivals[0]++;
            History history = History.of(arrival);
            List<Balance> balances = history.ledger.snapshot().balances();
            assertThat(balancesBySet.computeIfAbsent(name, n -> balances))
                .as("%s arriving as %s", name, arrival)
                .isEqualTo(balances);
          });
    }
    // 6! arrivals of the full set and every smaller set's.
    assertThat(arrivals[0]).isEqualTo(1 + 5 * 2 + 10 * 6 + 10 * 24 + 5 * 120 + 720);
  }

  @Test
  void everyArrivalOfRefundsAmongPaymentsEndsInTheSameBalancesAndOpenCases() {
    List<OrderInput> facts =
        List.of(
            Inputs.place("c1", Inputs.DUE),
            Inputs.paid("t1"),
            Inputs.paid("short", 900, "CNY", "payee"),
            Inputs.refunded("t1", "r1", 500),
            Inputs.refunded("t1", "r2", 300),
            Inputs.refundedInAll("short", "a1", 400),
            Inputs.refundedInAll("short", "a2", 900),
            Inputs.refund("t1", "r3", RefundOutcome.ABNORMAL, 1L, null, "CNY", null));
    Set<List<Balance>> balances = new HashSet<>();
    Set<Set<String>> open = new HashSet<>();
    permute(
        new ArrayList<>(facts),
        0,
        arrival -> {
          History history = History.of(arrival);
          balances.add(history.ledger.snapshot().balances());
          open.add(history.open());
        });
    assertThat(balances)
        .containsExactly(List.of(new Balance("CNY", Inputs.DUE + 900, 400, 0, 0, 1700)));
    assertThat(open).containsExactly(Set.of("REFUND_ABNORMAL/s1:o1/wechat:a1:t1:r3"));
  }

  @Test
  void whicheverOfRefundAndSecondPaymentComesFirstTheSecondIsOwedBackInFull() {
    Set<List<Balance>> balances = new HashSet<>();
    Set<Set<String>> open = new HashSet<>();
    for (List<OrderInput> arrival :
        List.of(
            List.of(Inputs.paid("t2"), Inputs.refunded("t1", "r1", Inputs.DUE)),
            List.of(Inputs.refunded("t1", "r1", Inputs.DUE), Inputs.paid("t2")))) {
      History history = History.of(Inputs.place("c1", Inputs.DUE), Inputs.paid("t1"));
      arrival.forEach(history::apply);
      assertThat(history.ledger.status()).isEqualTo(OrderStatus.REFUNDED);
      balances.add(history.ledger.snapshot().balances());
      open.add(history.open());
    }
    assertThat(balances)
        .containsExactly(List.of(new Balance("CNY", 2 * Inputs.DUE, 0, Inputs.DUE, 0, Inputs.DUE)));
    assertThat(open).containsExactly(Set.of("DOUBLE_PAYMENT/s1:o1/wechat:a1:t2"));
  }

  @Test
  void repeatingAnyFactAnywhereChangesNothing() {
    List<OrderInput> once = new ArrayList<>(FACTS);
    once.add(2, Inputs.place("c1", Inputs.DUE));
    OrderLedger expected = History.of(once).ledger;
    for (int repeated = 0; repeated < once.size(); repeated++) {
      for (int at = repeated + 1; at <= once.size(); at++) {
        List<OrderInput> twice = new ArrayList<>(once);
        twice.add(at, once.get(repeated));
        assertThat(History.of(twice).ledger).isEqualTo(expected);
      }
    }
  }

  @Test
  void aCancelledOrderOwesBackWhatFitsInAnyOrder() {
    Map<String, List<Balance>> seen = new HashMap<>();
    permute(
        new ArrayList<>(FACTS),
        0,
        arrival -> {
          List<OrderInput> inputs = new ArrayList<>();
          inputs.add(Inputs.place("c1", Inputs.DUE));
          inputs.add(Inputs.cancel("c2"));
          inputs.addAll(arrival);
          List<Balance> balances = History.of(inputs).ledger.snapshot().balances();
          assertThat(seen.computeIfAbsent("all", n -> balances)).isEqualTo(balances);
        });
    assertThat(seen.get("all"))
        .containsExactly(
            new Balance("CNY", 3 * Inputs.DUE + 1, 0, 2 * Inputs.DUE, Inputs.DUE + 1, 0),
            new Balance("USD", Inputs.DUE, 0, 0, Inputs.DUE, 0));
  }

  private interface Arrival {
    void check(List<OrderInput> inputs);
  }

  private static void permute(List<OrderInput> inputs, int from, Arrival arrival) {
    if (from == inputs.size()) {
      arrival.check(List.copyOf(inputs));
      return;
    }
    for (int i = from; i < inputs.size(); i++) {
      java.util.Collections.swap(inputs, from, i);
      permute(inputs, from + 1, arrival);
      java.util.Collections.swap(inputs, from, i);
    }
  }
}
