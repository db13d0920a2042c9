package io.paidonce.projector;

import io.paidonce.contract.Balance;
import io.paidonce.contract.OrderPayment;
import io.paidonce.contract.OrderSnapshot;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.PaymentPolicy;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.TransactionKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A transition is one row of history, and the newest of an order says how the order, its payments,
 * its refunds and its balances stand.
 */
final class OrderRows implements TopicRows<OrderTransition> {

  private static final String ORDERS =
      """
      INSERT INTO orders AS t (shop, order_no, version, status, amount_due_minor, currency,
          placed_at, paying_provider, paying_account, paying_transaction_id, updated_at,
          partial_payments, late_payment, due_since)
      SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (shop, order_no) DO UPDATE SET
          version = excluded.version, status = excluded.status,
          amount_due_minor = excluded.amount_due_minor, currency = excluded.currency,
          placed_at = excluded.placed_at, paying_provider = excluded.paying_provider,
          paying_account = excluded.paying_account,
          paying_transaction_id = excluded.paying_transaction_id,
          updated_at = excluded.updated_at, partial_payments = excluded.partial_payments,
          late_payment = excluded.late_payment, due_since = excluded.due_since
      WHERE excluded.version > t.version
      """;

  private static final String PAYMENTS =
      """
      INSERT INTO payments AS t (provider, account, transaction_id, shop, order_no, amount_minor,
          currency, payee, expected_payee, standing, occurred_at, received_at, witness,
          order_version, refunded_minor, excess_minor)
      SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (provider, account, transaction_id, shop, order_no) DO UPDATE SET
          amount_minor = excluded.amount_minor, currency = excluded.currency,
          payee = excluded.payee, expected_payee = excluded.expected_payee,
          standing = excluded.standing, occurred_at = excluded.occurred_at,
          received_at = excluded.received_at, witness = excluded.witness,
          order_version = excluded.order_version, refunded_minor = excluded.refunded_minor,
          excess_minor = excluded.excess_minor
      WHERE excluded.order_version > t.order_version
      """;

  private static final String BALANCES =
      """
      INSERT INTO order_balances AS t (shop, order_no, currency, received_minor, applied_minor,
          owed_back_minor, suspense_minor, order_version, refunded_minor)
      SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (shop, order_no, currency) DO UPDATE SET
          received_minor = excluded.received_minor, applied_minor = excluded.applied_minor,
          owed_back_minor = excluded.owed_back_minor, suspense_minor = excluded.suspense_minor,
          order_version = excluded.order_version, refunded_minor = excluded.refunded_minor
      WHERE excluded.order_version > t.order_version
      """;

  private final History history = new History();

  @Override
  public Topic<OrderTransition> topic() {
    return Topics.ORDER_TRANSITIONS;
  }

  @Override
  public List<Refusal> write(Connection connection, List<Read<OrderTransition>> records)
      throws SQLException {
    List<Refusal> refusals = history.write(connection, records);
    Set<Object> refused = new HashSet<>();
    refusals.forEach(refusal -> refused.add(refusal.record()));
    writeNewest(
        connection,
        records.stream().filter(r -> !refused.contains(r.at())).map(Read::value).toList());
    return refusals;
  }

  private record Key(String shop, String orderNo) {}

  private record Payment(OrderTransition order, OrderPayment payment) {
    PaymentFact fact() {
      return payment.fact();
    }
  }

  private record PaymentKey(Key order, TransactionKey transaction) {}

  private record Money(OrderTransition order, Balance balance) {}

  private record MoneyKey(Key order, String currency) {}

  private static Key key(OrderTransition order) {
    return new Key(order.shop(), order.orderNo());
  }

  // Payments, refunds and balances are folded by their own keys, not taken from the newest
  // transition alone:
  // where a snapshot leaves one out, the rows must not depend on how records fell into batches.
  private static void writeNewest(Connection connection, List<OrderTransition> transitions)
      throws SQLException {
    Newest<OrderTransition> orders = new Newest<>(OrderRows::key, OrderTransition::version);
    Newest<Payment> payments =
        new Newest<>(
            p -> new PaymentKey(key(p.order()), p.fact().transaction()), p -> p.order().version());
    Newest<Money> balances =
        new Newest<>(
            m -> new MoneyKey(key(m.order()), m.balance().currency()), m -> m.order().version());
    Refunds refunds = new Refunds();
    for (OrderTransition transition : transitions) {
      orders.add(transition);
      refunds.add(transition);
      OrderSnapshot after = transition.after();
      after.payments().forEach(payment -> payments.add(new Payment(transition, payment)));
      after.balances().forEach(balance -> balances.add(new Money(transition, balance)));
    }
    writeOrders(connection, orders.rows());
    writePayments(connection, payments.rows());
    refunds.write(connection);
    writeBalances(connection, balances.rows());
  }

  private static void writeOrders(Connection connection, List<OrderTransition> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (Bulk<OrderTransition> bulk = new Bulk<>(connection, ORDERS, rows)) {
      bulk.text(OrderTransition::shop)
          .text(OrderTransition::orderNo)
          .bigint(OrderTransition::version)
          .text(o -> o.after().status().name())
          .bigint(o -> o.after().amountDueMinor())
          .text(o -> o.after().currency())
          .instant(o -> o.after().placedAt())
          .text(o -> paying(o, TransactionKey::provider))
          .text(o -> paying(o, TransactionKey::account))
          .text(o -> paying(o, TransactionKey::transactionId))
          .instant(OrderTransition::at)
          .bool(o -> policy(o).partialPayments())
          .text(o -> policy(o).latePayment().name())
          .instant(o -> o.after().dueSince())
          .update();
    }
  }

  private static PaymentPolicy policy(OrderTransition order) {
    PaymentPolicy policy = order.after().policy();
    return policy == null ? PaymentPolicy.DEFAULT : policy;
  }

  private static @Nullable String paying(
      OrderTransition order, Function<TransactionKey, String> part) {
    TransactionKey paying = order.after().payingTransaction();
    return paying == null ? null : part.apply(paying);
  }

  private static void writePayments(Connection connection, List<Payment> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (Bulk<Payment> bulk = new Bulk<>(connection, PAYMENTS, rows)) {
      bulk.text(p -> p.fact().provider())
          .text(p -> p.fact().account())
          .text(p -> p.fact().transactionId())
          .text(p -> p.order().shop())
          .text(p -> p.order().orderNo())
          .bigint(p -> p.fact().amountMinor())
          .text(p -> p.fact().currency())
          .text(p -> p.fact().payee())
          .text(p -> p.fact().expectedPayee())
          .text(p -> p.payment().standing().name())
          .instant(p -> p.fact().occurredAt())
          .instant(p -> p.fact().receivedAt())
          .text(p -> p.fact().witness().name())
          .bigint(p -> p.order().version())
          .bigint(p -> p.payment().refundedMinor())
          .bigint(p -> p.payment().excessMinor())
          .update();
    }
  }

  private static void writeBalances(Connection connection, List<Money> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (Bulk<Money> bulk = new Bulk<>(connection, BALANCES, rows)) {
      bulk.text(m -> m.order().shop())
          .text(m -> m.order().orderNo())
          .text(m -> m.balance().currency())
          .bigint(m -> m.balance().receivedMinor())
          .bigint(m -> m.balance().appliedMinor())
          .bigint(m -> m.balance().owedBackMinor())
          .bigint(m -> m.balance().suspenseMinor())
          .bigint(m -> m.order().version())
          .bigint(m -> m.balance().refundedMinor())
          .update();
    }
  }
}
