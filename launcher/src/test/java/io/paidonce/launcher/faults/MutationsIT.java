package io.paidonce.launcher.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.EventHead;
import io.paidonce.contract.OrderPaid;
import io.paidonce.contract.Topics;
import io.paidonce.verifier.Fault;
import io.paidonce.verifier.Report;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The checker can fail: each promise's handling taken out, one at a time, and the counter that must
 * notice. All on one stack, so what counts is what a counter has grown by; without a mutation the
 * same load adds nothing.
 */
@Tag("proof")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MutationsIT {

  private static final Duration LENGTH = Duration.ofSeconds(3);
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Random random = Point.first().random("mutations");
  private FaultStack stack;
  private Report before;

  @BeforeAll
  void start() {
    stack = FaultStack.start("mutations");
    stack.load(random, LENGTH).finish();
    before = stack.requireThePromise();
  }

  @AfterAll
  void stop() {
    stack.close();
  }

  @Test
  void answeringBeforeStoringLosesCallbacks() {
    restart(stack.gateway(), Mutation.compiled(Mutation.ANSWER_BEFORE_STORING));
    Load load = stack.load(random, LENGTH).at(Duration.ofMillis(500));
    stack.kafka().pause();
    long acknowledged = load.seen().ok();
    Await.until("success without Kafka", SOON, () -> load.seen().ok() > acknowledged + 20);
    stack.gateway().kill();
    stack.kafka().resume();
    stack.gateway().start().awaitReady();
    load.finish();
    requireGrown(Fault.LOST);
  }

  /** Which of the two depends on what had left the process when it was killed. */
  @Test
  void atLeastOnceLosesOrCountsTwiceWhatAKillInterrupts() {
    Path mutant = Mutation.compiled(Mutation.AT_LEAST_ONCE, Mutation.COMMITS_EACH_SECOND);
    restart(stack.streams(), mutant);
    Load load = stack.load(random, LENGTH).at(Duration.ofMillis(1_500));
    stack.streams().kill();
    stack.streams().start(mutant).awaitReady();
    load.finish();
    stack.verify();
    restart(stack.streams());
    requireGrown(Fault.LOST, Fault.UNDISPOSED);
  }

  @Test
  void withoutIntakesMemoryDuplicatesAreNotCountedAndTheLedgerHolds() {
    restart(stack.streams(), Mutation.compiled(Mutation.INTAKE_WITHOUT_MEMORY));
    stack.load(random, LENGTH).finish();
    stack.verify();
    Report earlier = before;
    restart(stack.streams());
    Report after = requireGrown(Fault.UNDISPOSED);
    assertThat(count(after, Fault.PAID_TWICE, Fault.MONEY_UNBALANCED))
        .as("what the second guard holds")
        .isEqualTo(count(earlier, Fault.PAID_TWICE, Fault.MONEY_UNBALANCED));
  }

  @Test
  void withoutBothMemoriesMoneyIsCountedTwice() {
    restart(
        stack.streams(),
        Mutation.compiled(Mutation.INTAKE_WITHOUT_MEMORY),
        Mutation.compiled(Mutation.LEDGER_WITHOUT_MEMORY));
    stack.load(random, LENGTH).finish();
    stack.verify();
    restart(stack.streams());
    requireGrown(Fault.MONEY_UNBALANCED);
  }

  /**
   * What a killed instance of streams aborts, its successor writes again, byte for byte: rows made
   * of it are right, only early. So the record is one that nobody writes again.
   */
  @Test
  void readingUncommittedMakesRowsOfWhatNeverHappened() {
    abortOrderPaid("before");
    assertThat(stack.verify().count(Fault.PROJECTION_DIFF))
        .isEqualTo(before.count(Fault.PROJECTION_DIFF));
    restart(stack.projector(), Mutation.compiled(Mutation.PROJECTOR_READS_UNCOMMITTED));
    abortOrderPaid("after");
    stack.verify();
    restart(stack.projector());
    requireGrown(Fault.PROJECTION_DIFF);
  }

  @Test
  void offsetsStoredBeforeRowsLoseTheRowsOfAKilledProjector() throws SQLException {
    restart(stack.projector(), Mutation.compiled(Mutation.OFFSETS_BEFORE_ROWS));
    Load load = stack.load(random, LENGTH).at(Duration.ofMillis(500));
    killWhileItWaitsToWriteRows();
    stack.projector().start().awaitReady();
    load.finish();
    requireGrown(Fault.PROJECTION_DIFF);
  }

  /** The same kill costs nothing where rows and offsets are one transaction. */
  @Test
  void theSameKillOfTheRealProjectorCostsNothing() throws SQLException {
    Load load = stack.load(random, LENGTH).at(Duration.ofMillis(500));
    killWhileItWaitsToWriteRows();
    stack.projector().start().awaitReady();
    load.finish();
    assertThat(stack.verify().faults()).isEqualTo(before.faults());
  }

  private void killWhileItWaitsToWriteRows() throws SQLException {
    try (Connection lock = stack.connect();
        Connection look = stack.connect()) {
      lock.setAutoCommit(false);
      try (Statement statement = lock.createStatement()) {
        statement.execute("LOCK TABLE orders, notification_receipts IN SHARE MODE");
      }
      Await.until("the projector waits for a table", SOON, () -> waits(look));
      stack.projector().kill();
    }
  }

  private static boolean waits(Connection connection) {
    try (Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                """
                SELECT 1 FROM pg_stat_activity
                WHERE application_name = 'order-projector' AND wait_event_type = 'Lock'
                """)) {
      return found.next();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void abortOrderPaid(String name) {
    OrderPaid paid =
        new OrderPaid(
            OrderPaid.SCHEMA,
            "aborted-" + name,
            "tea",
            "ABORTED-" + name,
            2,
            100,
            "CNY",
            "alipay",
            "2021000000000001",
            "aborted-" + name,
            null,
            Instant.now());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", stack.bootstrapServers(), "transactional.id", "a-crashed-one"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      Future<RecordMetadata> unused =
          producer.send(
              Topics.ORDER_PAID.record(
                  paid.order().toString(),
                  paid,
                  new EventHead(paid.eventId(), "/test", paid.receivedAt(), null)));
      producer.flush();
      producer.abortTransaction();
    }
  }

  private static void restart(RoleProcess role, Path... classesInFront) {
    role.terminate();
    role.start(classesInFront).awaitReady();
  }

  private Report requireGrown(Fault... oneOf) {
    Report after = stack.verify();
    System.out.println(List.of(oneOf) + " must have grown: " + after.toJson());
    assertThat(count(after, oneOf)).isGreaterThan(count(before, oneOf));
    before = after;
    return after;
  }

  private static long count(Report report, Fault... faults) {
    return Stream.of(faults).mapToLong(report::count).sum();
  }
}
