package io.paidonce.projector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.InputKind;
import io.paidonce.contract.OrderPaid;
import io.paidonce.contract.OrderRefunded;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topics;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What one transaction does to the tables. */
@TestInstance(Lifecycle.PER_CLASS)
class BatchWriterIT {

  private static final TopicPartition PARTITION =
      new TopicPartition(Topics.ORDER_TRANSITIONS.name(), 3);

  private final Offsets offsets = new Offsets();
  private final BatchWriter writer =
      new BatchWriter(offsets, Clock.fixed(Story.NOW, ZoneOffset.UTC));
  private final Story story = new Story("s1", "o1");
  private final Tables tables = TestStack.newReadStore();
  private Connection connection;
  private long written;

  @BeforeEach
  void freshTables() throws SQLException {
    tables.execute(
        "TRUNCATE orders, order_transitions, payments, refunds, order_balances,"
            + " notification_receipts, order_paid, order_cancelled, order_refunded,"
            + " payment_exceptions, projection_refusals,"
            + " projector_offsets");
    connection = opened();
    offsets.read(connection, List.of(PARTITION));
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void theNewestVersionStandsWhateverComesAfterIt() throws SQLException {
    apply(story.placed(), story.paidTwice());
    Map<String, Set<String>> before = tables.dump();
    apply(story.placed());
    apply(story.paidTwice(), story.placed());

    assertThat(tables.dump()).isEqualTo(before);
    assertThat(tables.rows("SELECT version, status FROM orders")).containsExactly("3|PAID");
    assertThat(tables.rows("SELECT version FROM order_transitions ORDER BY 1"))
        .containsExactly("1", "3");
    assertThat(tables.rows("SELECT standing FROM payments ORDER BY received_at"))
        .containsExactly("APPLIED", "OWED_BACK");
    assertThat(refusals()).isEmpty();
  }

  @Test
  void anOlderVersionThatComesLateOnlyFillsItsHistory() throws SQLException {
    apply(story.paidTwice());
    apply(story.paid());

    assertThat(tables.rows("SELECT version FROM orders")).containsExactly("3");
    assertThat(tables.rows("SELECT received_minor, order_version FROM order_balances"))
        .containsExactly("2400|3");
    assertThat(tables.rows("SELECT order_version FROM payments")).containsExactly("3", "3");
    assertThat(tables.rows("SELECT version FROM order_transitions ORDER BY 1"))
        .containsExactly("2", "3");
  }

  @Test
  void everyFactAboutARefundIsARowAndTheNewestAmountsStand() throws SQLException {
    apply(story.refunded());
    apply(story.refundedInPart(), story.paidTwice());

    assertThat(
            tables.rows(
                "SELECT refund_id, outcome, amount_minor, refunded_total_minor,"
                    + " identity_total_minor, order_version FROM refunds ORDER BY 1, 2, 5"))
        .containsExactly(
            "FULL|SUCCEEDED|null|500|500|5",
            "FULL|SUCCEEDED|null|1200|1200|5",
            "R1|SUCCEEDED|200|null|0|5",
            "R2|ABNORMAL|300|null|0|5",
            "R2|SUCCEEDED|300|500|0|5");
    assertThat(tables.rows("SELECT standing, refunded_minor FROM payments ORDER BY received_at"))
        .containsExactly("APPLIED|1200", "OWED_BACK|0");
    assertThat(tables.rows("SELECT applied_minor, refunded_minor FROM order_balances"))
        .containsExactly("0|1200");
    assertThat(tables.rows("SELECT status FROM orders")).containsExactly("REFUNDED");
    assertThat(refusals()).isEmpty();
  }

  @Test
  void howMoneyIsTakenAndWhatIsTooMuchAreColumns() throws SQLException {
    apply(story.overpaidInParts());
    apply(story.placed());

    assertThat(
            tables.rows(
                "SELECT version, partial_payments, late_payment, due_since IS NULL FROM orders"))
        .containsExactly("3|t|REFUND|f");
    assertThat(
            tables.rows(
                "SELECT standing, refunded_minor, excess_minor FROM payments ORDER BY received_at"))
        .containsExactly("APPLIED|100|0", "APPLIED|0|300");
  }

  @Test
  void whatAShopDidNotSayIsTheDefaultPolicy() throws SQLException {
    apply(story.shipped());

    assertThat(
            tables.rows(
                "SELECT status, partial_payments, late_payment, due_since IS NULL FROM orders"))
        .containsExactly("SHIPPED|f|REVIEW|t");
  }

  @Test
  void allMoneyStandsInOnePlaceByProviderAndCurrency() throws SQLException {
    apply(story.overpaidInParts());
    apply(new Story("s1", "o2").refundedInPart());

    assertThat(tables.rows("SELECT * FROM money_by_provider"))
        .containsExactly("wechat|CNY|4800|3000|300|1200|0|300");
    assertThat(
            tables.rows(
                "SELECT received_minor - applied_minor - excess_minor - refund_due_minor"
                    + " - suspense_minor - refunded_minor FROM money_by_provider"))
        .containsExactly("0");
  }

  @Test
  void aTransitionOfABuildThatKnewNoRefundsIsRead() throws Exception {
    ObjectNode old =
        (ObjectNode) new JsonMapper().readTree(Topics.ORDER_TRANSITIONS.json().write(story.paid()));
    old.put("schema", 1);
    ObjectNode after = (ObjectNode) old.get("after");
    after.remove("refunds");
    ((ObjectNode) after.at("/payments/0")).remove("refundedMinor");
    ((ObjectNode) after.at("/balances/0")).remove("refundedMinor");
    byte[] payload = old.toString().getBytes(UTF_8);

    apply(Topics.ORDER_TRANSITIONS.json().read(payload));

    assertThat(tables.rows("SELECT version, status FROM orders")).containsExactly("2|PAID");
    assertThat(tables.rows("SELECT refunded_minor FROM payments")).containsExactly("0");
    assertThat(tables.rows("SELECT applied_minor, refunded_minor FROM order_balances"))
        .containsExactly("1200|0");
  }

  @Test
  void receiptsAndExceptionsKeepTheirNewestRevision() throws SQLException {
    for (int revision : new int[] {2, 1}) {
      write(
          new Slice<>(new ReceiptRows(), read(story.receipt(revision))),
          new Slice<>(new CaseRows(), read(story.exception(revision))));
    }

    assertThat(tables.rows("SELECT revision, deliveries, key_ids FROM notification_receipts"))
        .containsExactly("2|2|[PUB_KEY_ID_1, with \"quotes\", commas and \\]");
    assertThat(
            tables.rows("SELECT revision, state, evidence->>'amountMinor' FROM payment_exceptions"))
        .containsExactly("2|RESOLVED|1200");
  }

  @Test
  void timesAreCutToMicrosecondsWhicheverNeighbourIsEven() throws SQLException {
    for (String half : List.of("12:00:00.0000005", "12:00:00.0000015")) {
      Instant at = Instant.parse("2026-01-31T" + half + "Z");
      OrderTransition placed = new Story("half", half).placed();
      apply(
          new OrderTransition(
              placed.schema(),
              placed.shop(),
              placed.orderNo(),
              placed.version(),
              placed.from(),
              placed.to(),
              placed.inputId(),
              placed.cause(),
              at,
              placed.source(),
              placed.after()));
    }
    assertThat(
            tables.rows(
                "SELECT extract(microseconds FROM updated_at)::bigint FROM orders"
                    + " WHERE shop = 'half' ORDER BY order_no"))
        .containsExactly("0", "1");
  }

  @Test
  void aZombieChangesNothing() throws SQLException {
    apply(story.placed());
    Map<String, Set<String>> before = tables.dump();
    Batch zombies =
        new Batch(
            List.of(new Advance(PARTITION, written - 1, written + 5)),
            List.of(new Slice<>(new OrderRows(), read(story.paid()))),
            List.of());

    assertThat(writer.write(connection, zombies)).isInstanceOf(Outcome.Fenced.class);
    assertThat(tables.dump()).isEqualTo(before);
    assertThat(nextOffset()).isEqualTo(written);
  }

  @Test
  void ofTwoWritersAtOnceOneIsFenced() throws Exception {
    try (Connection other = opened()) {
      Batch both =
          new Batch(
              List.of(new Advance(PARTITION, 0, 1)),
              List.of(new Slice<>(new OrderRows(), read(story.placed()))),
              List.of());
      assertThat(offsets.advance(connection, both.advances())).isTrue();
      CompletableFuture<Outcome> zombie =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return writer.write(other, both);
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      connection.commit();

      assertThat(zombie.get(20, TimeUnit.SECONDS)).isInstanceOf(Outcome.Fenced.class);
      assertThat(tables.rows("SELECT * FROM orders")).isEmpty();
      assertThat(nextOffset()).isEqualTo(1);
    }
  }

  @Test
  void aFencedPartitionHoldsBackTheWholeBatch() throws SQLException {
    TopicPartition mine = new TopicPartition(Topics.ORDER_PAID.name(), 1);
    offsets.read(connection, List.of(mine));
    Batch batch =
        new Batch(
            List.of(new Advance(mine, 0, 4), new Advance(PARTITION, 17, 18)), List.of(), List.of());

    assertThat(writer.write(connection, batch)).isInstanceOf(Outcome.Fenced.class);
    assertThat(tables.rows("SELECT DISTINCT next_offset FROM projector_offsets"))
        .containsExactly("0");
  }

  @Test
  void anOffsetMovesOverMarkersWithoutARecord() throws SQLException {
    write();
    assertThat(nextOffset()).isEqualTo(1);
  }

  @Test
  void oneTransactionPaysOneOrder() throws SQLException {
    Story other = new Story("s1", "o2");
    write(new Slice<>(new PaidRows(), read(story.paidEvent())));
    write(
        new Slice<>(
            new PaidRows(),
            read(
                payingWith(other.paidEvent(), story.paidEvent().transactionId()),
                story.paidEvent(),
                new Story("s2", "o1").paidEvent())));

    assertThat(tables.rows("SELECT shop, order_no FROM order_paid ORDER BY 1"))
        .containsExactly("s1|o1", "s2|o1");
    assertThat(refusals()).containsExactly("1|this transaction has already paid another order");
  }

  @Test
  void twoOrdersWithOneTransactionInOneBatchAreToldApart() throws SQLException {
    Story other = new Story("s1", "o2");
    write(
        new Slice<>(
            new PaidRows(),
            read(
                story.paidEvent(),
                payingWith(other.paidEvent(), story.paidEvent().transactionId()))));

    assertThat(tables.rows("SELECT order_no FROM order_paid")).containsExactly("o1");
    assertThat(refusals()).containsExactly("1|this transaction has already paid another order");
  }

  @Test
  void anOrderIsPaidOnce() throws SQLException {
    write(new Slice<>(new PaidRows(), read(story.paidEvent())));
    write(new Slice<>(new PaidRows(), read(payingWith(story.paidEvent(), "another"))));

    assertThat(tables.rows("SELECT transaction_id FROM order_paid"))
        .containsExactly(story.paidEvent().transactionId());
    assertThat(refusals()).containsExactly("1|another order-paid of this order is stored");
  }

  @Test
  void aSecondCancellationIsRefusedAloud() throws SQLException {
    write(new Slice<>(new CancelledRows(), read(story.cancelledEvent(), story.cancelledEvent())));
    assertThat(refusals()).isEmpty();
    var another =
        new io.paidonce.contract.OrderCancelled(
            1, "another", "s1", "o1", 5, "c9", "shop", Story.NOW);
    write(new Slice<>(new CancelledRows(), read(another)));

    assertThat(tables.rows("SELECT order_version FROM order_cancelled")).containsExactly("2");
    assertThat(refusals())
        .containsExactly("2|another order-cancelled of this order or event id is stored");
  }

  @Test
  void anOrderIsRefundedOnceAndATransactionForOneOrder() throws SQLException {
    write(new Slice<>(new RefundedRows(), read(story.refundedEvent(), story.refundedEvent())));
    assertThat(refusals()).isEmpty();
    write(
        new Slice<>(
            new RefundedRows(),
            read(
                of(story.refundedEvent(), "o1", "another"),
                of(story.refundedEvent(), "o2", story.refundedEvent().transactionId()),
                of(story.refundedEvent(), "o3", "a-third"))));

    assertThat(tables.rows("SELECT order_no, transaction_id FROM order_refunded ORDER BY 1"))
        .containsExactly("o1|" + story.refundedEvent().transactionId());
    assertThat(refusals())
        .containsExactly(
            "2|another order-refunded of this order is stored",
            "3|this transaction has already been refunded for another order",
            "4|this event id belongs to another order");
  }

  @Test
  void aRewrittenVersionIsRefusedWhole() throws SQLException {
    apply(story.placed(), story.paid());
    Map<String, Set<String>> before = tables.dump();
    OrderTransition t = story.paidTwice();
    apply(
        new OrderTransition(
            1,
            t.shop(),
            t.orderNo(),
            2,
            t.from(),
            t.to(),
            "another-input",
            InputKind.PAYMENT_SUCCEEDED,
            t.at(),
            t.source(),
            t.after()));

    assertThat(tables.dump()).isEqualTo(before);
    assertThat(refusals())
        .containsExactly("2|this version of the order is stored with another content");
  }

  @Test
  void whatPostgresCantStoreIsRefusedAloneAndTheRestFlows() throws SQLException {
    List<OrderTransition> transitions = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      transitions.add(new Story("s1", "n" + i).placed());
    }
    transitions.set(7, new Story("s1", "nul\0").placed());
    transitions.set(13, new Story("s1", "x".repeat(3_000_000)).placed());
    transitions.set(19, at(new Story("s1", "n19").placed(), Instant.MAX));
    apply(transitions.toArray(OrderTransition[]::new));

    assertThat(tables.rows("SELECT * FROM orders")).hasSize(17);
    assertThat(refusals())
        .containsExactly(
            "7|PostgreSQL can't store it: SQLSTATE 22021",
            "13|PostgreSQL can't store it: SQLSTATE 54000",
            "19|PostgreSQL can't store it: SQLSTATE 22008");
    assertThat(nextOffset()).isEqualTo(20);
  }

  @Test
  void anUnreadableRecordIsRefusedAndTheOffsetMoves() throws SQLException {
    Refusal poison = new Refusal(new RecordCoordinates(PARTITION.topic(), 3, 0), "not JSON");
    writer.write(
        connection, new Batch(List.of(new Advance(PARTITION, 0, 1)), List.of(), List.of(poison)));

    assertThat(refusals()).containsExactly("0|not JSON");
    assertThat(nextOffset()).isEqualTo(1);
  }

  @Test
  void howeverRecordsFallIntoBatchesTheRowsAreTheSame() throws SQLException {
    List<OrderTransition> log = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Story each = new Story("s" + i % 3, "o" + i);
      log.addAll(
          List.of(
              each.placed(),
              each.paid(),
              each.paidTwice(),
              each.paid(),
              each.refundedInPart(),
              each.refunded()));
    }
    apply(log.toArray(OrderTransition[]::new));
    Map<String, Set<String>> expected = tables.dump();
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 10; round++) {
      tables.execute("TRUNCATE orders, order_transitions, payments, refunds, order_balances");
      List<OrderTransition> shuffled = new ArrayList<>(log);
      Collections.shuffle(shuffled, random);
      for (int from = 0; from < shuffled.size(); ) {
        int to = Math.min(shuffled.size(), from + 1 + random.nextInt(20));
        apply(shuffled.subList(from, to).toArray(OrderTransition[]::new));
        from = to;
      }
      assertThat(tables.dump()).as("seed %d, round %d", seed, round).isEqualTo(expected);
    }
    assertThat(refusals()).isEmpty();
  }

  private void apply(OrderTransition... transitions) throws SQLException {
    write(new Slice<>(new OrderRows(), read(transitions)));
  }

  private void write(Slice<?>... slices) throws SQLException {
    long from = nextOffset();
    int records = IntStream.range(0, slices.length).map(i -> slices[i].size()).sum();
    written = from + Math.max(1, records);
    Batch batch =
        new Batch(List.of(new Advance(PARTITION, from, written)), List.of(slices), List.of());
    assertThat(writer.write(connection, batch)).isInstanceOf(Outcome.Applied.class);
  }

  @SafeVarargs
  private <V> List<Read<V>> read(V... values) {
    long from = nextOffset();
    return IntStream.range(0, values.length)
        .mapToObj(i -> new Read<>(values[i], new RecordCoordinates(PARTITION.topic(), 3, from + i)))
        .toList();
  }

  private long nextOffset() {
    return Long.parseLong(
        tables
            .rows(
                "SELECT next_offset FROM projector_offsets WHERE topic = 'order-transitions' AND"
                    + " partition = 3")
            .get(0));
  }

  private List<String> refusals() {
    return tables.rows("SELECT \"offset\", reason FROM projection_refusals ORDER BY 1");
  }

  private Connection opened() throws SQLException {
    Connection opened = tables.connect();
    opened.setAutoCommit(false);
    return opened;
  }

  private static OrderPaid payingWith(OrderPaid paid, String transactionId) {
    return new OrderPaid(
        1,
        paid.eventId() + "/" + transactionId,
        paid.shop(),
        paid.orderNo(),
        paid.orderVersion(),
        paid.amountMinor(),
        paid.currency(),
        paid.provider(),
        paid.account(),
        transactionId,
        paid.paidAt(),
        paid.receivedAt());
  }

  private static OrderRefunded of(OrderRefunded refunded, String orderNo, String transactionId) {
    return new OrderRefunded(
        1,
        refunded.eventId(),
        refunded.shop(),
        orderNo,
        refunded.orderVersion(),
        refunded.amountMinor(),
        refunded.currency(),
        refunded.provider(),
        refunded.account(),
        transactionId,
        refunded.refundedAt(),
        refunded.receivedAt());
  }

  private static OrderTransition at(OrderTransition t, Instant at) {
    return new OrderTransition(
        1,
        t.shop(),
        t.orderNo(),
        t.version(),
        t.from(),
        t.to(),
        t.inputId(),
        t.cause(),
        at,
        t.source(),
        t.after());
  }
}
