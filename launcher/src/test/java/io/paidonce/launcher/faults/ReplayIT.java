package io.paidonce.launcher.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.Topics;
import io.paidonce.reconciler.replay.DifferenceKind;
import io.paidonce.reconciler.replay.ReplayRange;
import io.paidonce.reconciler.replay.ReplayReport;
import io.paidonce.reconciler.replay.ReplayReport.Outcome;
import io.paidonce.reconciler.replay.Untold;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What the real roles wrote on a real broker folds again to the same, also while they write. */
final class ReplayIT {

  private final FaultStack stack = SharedStack.get();

  @Test
  void trafficFoldsToTheSameWhileItRunsAndAfterwards() throws SQLException {
    Instant began = Instant.now();
    Load load = stack.load(Point.first().random("replay"), Duration.ofSeconds(4));
    load.at(Duration.ofSeconds(2));
    ReplayReport live = stack.replay(ReplayRange.ALL);
    assertThat(live.shown()).isEmpty();
    // Orders go on meanwhile, and their rows with them.
    assertThat(live.untold().keySet()).isSubsetOf(Untold.MOVED_ON);
    assertThat(live.outcome()).isEqualTo(Outcome.SAME);
    load.finish();
    stack.requireThePromise();

    ReplayReport all = stack.replay(ReplayRange.ALL);
    assertThat(all.shown()).isEmpty();
    assertThat(all.untold()).isEmpty();
    assertThat(all.agreed())
        .containsKeys(
            Topics.ORDER_INPUTS.name(),
            Topics.ORDER_TRANSITIONS.name(),
            Topics.ORDER_PAID.name(),
            Topics.PAYMENT_EXCEPTIONS.name(),
            "orders");
    assertThat(all.agreed().get("orders")).isEqualTo(rows());
    assertThat(all.agreed().get("raw evidence")).isPositive();

    ReplayReport since = stack.replay(new ReplayRange(began, null, null, null));
    assertThat(since.shown()).isEmpty();
    assertThat(since.outcome()).isEqualTo(Outcome.SAME);

    aPaidOrderIsProvedByWhereItsRecordsStand();
    aNotificationThatIsResubmittedIsToldAndChangesNothing();
    aChangedRowIsFoundAndNamed();
  }

  private void aPaidOrderIsProvedByWhereItsRecordsStand() throws SQLException {
    String key = aPaidOrder();
    String bundle = stack.file("proof-of-" + System.nanoTime() + ".zip").toString();
    assertThat(stack.command("prove", key, "--out", bundle)).isZero();
    assertThat(stack.command("prove", "--check", bundle)).isZero();
    String orderNo = key.substring(key.indexOf(':') + 1);
    assertThat(stack.command("notification", "reverify", orderNo)).isZero();
    assertThat(stack.command("notification", "show", orderNo)).isZero();
  }

  private void aNotificationThatIsResubmittedIsToldAndChangesNothing() throws SQLException {
    String key = aPaidOrder();
    String place = first("SELECT log_partition || ':' || log_offset FROM deliveries", key);
    String order = first("SELECT version || ' ' || status FROM orders", key);
    assertThat(
            stack.command("notification", "resubmit", place, "--by", "on-call", "--why", "a test"))
        .isZero();
    String who = "SELECT coalesce(max(detail), '') FROM deliveries";
    Await.until(
        "the order's story tells who did it",
        Duration.ofSeconds(30),
        () -> first(who, key).startsWith("written again by on-call: a test (it stands at "));
    stack.requireThePromise();
    assertThat(first("SELECT version || ' ' || status FROM orders", key)).isEqualTo(order);
    ReplayReport report = stack.replay(ReplayRange.ALL);
    assertThat(report.shown()).isEmpty();
    assertThat(report.outcome()).isEqualTo(Outcome.SAME);
  }

  private String first(String what, String key) {
    try (Connection connection = stack.connect();
        PreparedStatement select =
            connection.prepareStatement(what + " WHERE shop || ':' || order_no = ? LIMIT 1")) {
      select.setString(1, key);
      try (ResultSet one = select.executeQuery()) {
        assertThat(one.next()).as("%s of %s", what, key).isTrue();
        return one.getString(1);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private String aPaidOrder() throws SQLException {
    try (Connection connection = stack.connect();
        Statement statement = connection.createStatement();
        ResultSet one =
            statement.executeQuery(
                "SELECT shop || ':' || order_no FROM orders WHERE status = 'PAID' LIMIT 1")) {
      assertThat(one.next()).isTrue();
      return one.getString(1);
    }
  }

  private void aChangedRowIsFoundAndNamed() throws SQLException {
    String key = aPaidOrder();
    raise(key, 1);
    try {
      ReplayReport changed = stack.replay(ReplayRange.ALL);
      assertThat(changed.shown()).hasSize(1);
      assertThat(changed.shown().get(0).kind()).isEqualTo(DifferenceKind.ROW_DIFFERS);
      assertThat(changed.shown().get(0).order()).isEqualTo(key);
      assertThat(changed.shown().get(0).detail()).startsWith("amount_due_minor is ");
    } finally {
      raise(key, -1);
    }
  }

  private void raise(String key, int by) throws SQLException {
    try (Connection connection = stack.connect();
        PreparedStatement update =
            connection.prepareStatement(
                "UPDATE orders SET amount_due_minor = amount_due_minor + ?"
                    + " WHERE shop || ':' || order_no = ?")) {
      update.setInt(1, by);
      update.setString(2, key);
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
  }

  private long rows() throws SQLException {
    try (Connection connection = stack.connect();
        Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery("SELECT count(*) FROM orders")) {
      assertThat(count.next()).isTrue();
      return count.getLong(1);
    }
  }
}
