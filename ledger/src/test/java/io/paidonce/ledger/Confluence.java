package io.paidonce.ledger;

import io.paidonce.contract.Balance;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderPayment;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.TransactionKey;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The money of the same facts is the same, whatever came first. By provider and currency: what was
 * received, went back, is in suspense and is here. By currency, for one status and one paying
 * transaction: what is applied and what is owed back, and which exceptions are needed.
 */
final class Confluence {

  private static final List<String> BOOKS = List.of("wechat CNY", "alipay CNY", "wechat USD");
  private static final List<String> CURRENCIES = List.of("CNY", "USD");

  private final List<OrderInput> alphabet;
  private final Map<Facts, long[]> byFacts = new HashMap<>();
  private final Map<End, Known> byEnd = new HashMap<>();

  private record Facts(int facts, @Nullable Terms terms) {}

  private record End(Facts facts, OrderStatus status, @Nullable TransactionKey paying) {}

  private record Known(LongBuffer sums, Set<String> needs) {}

  Confluence(List<OrderInput> alphabet) {
    this.alphabet = alphabet;
  }

  /** The facts with one more: a bit each. */
  int with(int facts, int input) {
    OrderInput one = alphabet.get(input);
    return one.payment() != null || one.refund() != null ? facts | 1 << input : facts;
  }

  /**
   * Looks at one end.
   *
   * @param bits the facts that led there
   * @param needs the exceptions that are open, as their records say
   */
  void check(
      OrderLedger order,
      OrderTransition transition,
      int bits,
      Set<String> needs,
      Supplier<String> history) {
    long[] books = new long[4 * BOOKS.size()];
    long[] sums = new long[2 * CURRENCIES.size()];
    for (OrderPayment payment : transition.after().payments()) {
      PaymentFact fact = payment.fact();
      int book = 4 * BOOKS.indexOf(fact.provider() + " " + fact.currency());
      require(
          payment.refundedMinor() >= 0 && payment.refundedMinor() <= fact.amountMinor(),
          "no more goes back than was paid",
          history);
      books[book] += fact.amountMinor();
      books[book + 1] += payment.refundedMinor();
      books[book + 2] += payment.suspenseMinor();
      books[book + 3] += payment.appliedMinor() + payment.owedBackMinor();
      int sum = 2 * CURRENCIES.indexOf(fact.currency());
      sums[sum] += payment.appliedMinor();
      sums[sum + 1] += payment.owedBackMinor();
    }
    for (Balance balance : transition.after().balances()) {
      int sum = 2 * CURRENCIES.indexOf(balance.currency());
      require(
          balance.appliedMinor() == sums[sum] && balance.owedBackMinor() == sums[sum + 1],
          "balances are the sums of the payments",
          history);
    }
    for (int book = 0; book < books.length; book += 4) {
      require(
          books[book] == books[book + 1] + books[book + 2] + books[book + 3],
          "received = applied + owed back + in suspense + refunded",
          history);
    }
    Facts facts = new Facts(bits, order.terms());
    long[] expected = byFacts.get(facts);
    if (expected == null) {
      expectWhatTheFactsSay(bits, books, history);
      byFacts.put(facts, books);
    } else {
      require(Arrays.equals(expected, books), "the same facts make the same money", history);
    }
    End end = new End(facts, order.status(), order.payingTransaction());
    Known known = byEnd.putIfAbsent(end, new Known(LongBuffer.wrap(sums), needs));
    require(
        known != null || needs.equals(OpenCases.of(order).keySet()),
        "the open exceptions are those that the order needs",
        history);
    require(
        known == null || known.sums().equals(LongBuffer.wrap(sums)),
        "the same facts and end pay the same and owe the same",
        history);
    require(
        known == null || known.needs().equals(needs),
        "the same facts and end need the same decisions",
        history);
    require(
        order.status() != OrderStatus.REFUNDED || (sums[0] == 0 && sums[2] == 0),
        "of a refunded order nothing is kept",
        history);
  }

  /** Received and refunded, by the facts alone and without the ledger's code. */
  private void expectWhatTheFactsSay(int bits, long[] books, Supplier<String> history) {
    long[] expected = new long[books.length];
    for (int i = 0; i < alphabet.size(); i++) {
      PaymentFact payment = alphabet.get(i).payment();
      if (payment != null && (bits & 1 << i) != 0) {
        int book = 4 * BOOKS.indexOf(payment.provider() + " " + payment.currency());
        expected[book] += payment.amountMinor();
        expected[book + 1] += Math.min(payment.amountMinor(), wentBack(bits, payment));
      }
    }
    for (int book = 0; book < books.length; book += 4) {
      require(
          expected[book] == books[book] && expected[book + 1] == books[book + 1],
          "received and refunded are what the facts say",
          history);
    }
  }

  private long wentBack(int bits, PaymentFact payment) {
    long each = 0;
    long total = 0;
    for (int i = 0; i < alphabet.size(); i++) {
      RefundFact refund = alphabet.get(i).refund();
      if (refund != null
          && (bits & 1 << i) != 0
          && refund.movedMoney()
          && refund.transaction().equals(payment.transaction())) {
        each += refund.amountMinor() == null ? 0 : refund.amountMinor();
        total = refund.refundedTotalMinor() == null ? total : refund.refundedTotalMinor();
      }
    }
    return Math.max(each, total);
  }

  private static void require(boolean holds, String promise, Supplier<String> history) {
    if (!holds) {
      throw new AssertionError(promise + ": " + history.get());
    }
  }
}
