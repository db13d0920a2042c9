package io.paidonce.reconciler.replay;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.paidonce.contract.Balance;
import io.paidonce.contract.ExceptionCase;
import io.paidonce.contract.JsonSerde;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.OrderSnapshot;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topic;
import io.paidonce.contract.TransactionKey;
import io.paidonce.ledger.OrderLedger;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.postgresql.PGConnection;

/**
 * A schema of its own in the read store's database. All in one transaction, so that a replay that
 * is killed leaves nothing, and whoever looks sees the former one until the next has ended. Rows go
 * in by COPY, some thousand at a time.
 */
final class JdbcScratch implements Scratch {

  /** By this comment a schema is known as one that may be written again. */
  static final String MARK = "Made by paidonce replay; it is written anew by the next one.";

  private static final int ENOUGH = 1 << 20;
  private static final JsonMapper EVIDENCE = JsonMapper.builder().build();
  private static final JsonSerde<OrderSnapshot> SNAPSHOT = JsonSerde.of(OrderSnapshot.class);

  // What depends on them is somebody's own, and stays: then the statement fails and says what.
  private static final String TABLES =
      """
      DROP TABLE IF EXISTS SCHEMA.orders, SCHEMA.balances, SCHEMA.transitions, SCHEMA.exceptions, SCHEMA.replay;
      CREATE TABLE SCHEMA.orders (
        shop text NOT NULL, order_no text NOT NULL, version bigint NOT NULL, status text NOT NULL,
        amount_due_minor bigint, currency text, placed_at timestamptz, paying_provider text,
        paying_account text, paying_transaction_id text, snapshot jsonb NOT NULL);
      CREATE TABLE SCHEMA.balances (
        shop text NOT NULL, order_no text NOT NULL, currency text NOT NULL,
        received_minor bigint NOT NULL, applied_minor bigint NOT NULL,
        owed_back_minor bigint NOT NULL, suspense_minor bigint NOT NULL,
        refunded_minor bigint NOT NULL);
      CREATE TABLE SCHEMA.transitions (
        shop text NOT NULL, order_no text NOT NULL, version bigint NOT NULL,
        from_status text NOT NULL, to_status text NOT NULL, cause text NOT NULL,
        input_id text NOT NULL, at timestamptz NOT NULL, input_partition int NOT NULL,
        input_offset bigint NOT NULL, after jsonb NOT NULL);
      CREATE TABLE SCHEMA.exceptions (
        exception_id text NOT NULL, revision bigint NOT NULL, kind text NOT NULL,
        state text NOT NULL, shop text NOT NULL, order_no text NOT NULL,
        opened_at timestamptz NOT NULL, at timestamptz NOT NULL, suggested_action text NOT NULL,
        evidence jsonb NOT NULL);
      CREATE TABLE SCHEMA.replay (
        from_time timestamptz, to_time timestamptz, shop text, order_key text,
        outcome text NOT NULL, inputs bigint NOT NULL, differences bigint NOT NULL);
      """;

  private static final String INDEXES =
      """
      ALTER TABLE SCHEMA.orders ADD PRIMARY KEY (shop, order_no);
      ALTER TABLE SCHEMA.balances ADD PRIMARY KEY (shop, order_no, currency);
      ALTER TABLE SCHEMA.transitions ADD PRIMARY KEY (shop, order_no, version);
      CREATE INDEX ON SCHEMA.exceptions (shop, order_no);
      """;

  private final Connection connection;
  private final ScratchName schema;
  private final ReplayRange range;
  private final Map<String, CopyText> tables = new LinkedHashMap<>();

  private JdbcScratch(Connection connection, ScratchName schema, ReplayRange range) {
    this.connection = connection;
    this.schema = schema;
    this.range = range;
  }

  /**
   * Begins to write one.
   *
   * @throws IllegalArgumentException if the schema is somebody else's
   */
  static JdbcScratch open(
      ReplayConfig.ReadStoreLogin login, ScratchName schema, ReplayRange range) {
    Connection connection;
    try {
      connection =
          DriverManager.getConnection(login.jdbcUrl(), login.user(), login.password().reveal());
    } catch (SQLException e) {
      throw failed(schema, e);
    }
    JdbcScratch scratch = new JdbcScratch(connection, schema, range);
    try {
      connection.setAutoCommit(false);
      scratch.begin();
      return scratch;
    } catch (SQLException e) {
      scratch.close();
      throw failed(schema, e);
    } catch (RuntimeException e) {
      scratch.close();
      throw e;
    }
  }

  private void begin() throws SQLException {
    requireOurs();
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA IF NOT EXISTS " + schema);
      statement.execute("COMMENT ON SCHEMA " + schema + " IS '" + MARK + "'");
      statement.execute(TABLES.replace("SCHEMA", schema.name()));
    }
  }

  private void requireOurs() throws SQLException {
    try (PreparedStatement question =
        connection.prepareStatement(
            """
            SELECT ?::name = ANY (current_schemas(true)),
                   obj_description(n.oid, 'pg_namespace'),
                   EXISTS (SELECT FROM pg_depend d WHERE d.refclassid = 'pg_namespace'::regclass
                           AND d.refobjid = n.oid)
            FROM (SELECT ?::name AS name) asked LEFT JOIN pg_namespace n ON n.nspname = asked.name
            """)) {
      question.setString(1, schema.name());
      question.setString(2, schema.name());
      try (ResultSet row = question.executeQuery()) {
        row.next();
        if (row.getBoolean(1)) {
          throw new IllegalArgumentException(
              "--into " + schema + " is the schema in which the read store lives; name another");
        }
        if (row.getBoolean(3) && !MARK.equals(row.getString(2))) {
          throw new IllegalArgumentException(
              "--into " + schema + " holds something that no replay has made; name another");
        }
      }
    }
  }

  @Override
  public boolean isWanted() {
    return true;
  }

  @Override
  public synchronized <V> void record(Topic<V> topic, V value, RecordCoordinates cause) {
    if (value instanceof OrderTransition transition) {
      table("transitions")
          .add(transition.shop())
          .add(transition.orderNo())
          .add(transition.version())
          .add(transition.from().name())
          .add(transition.to().name())
          .add(transition.cause().name())
          .add(transition.inputId())
          .add(transition.at())
          .add(cause.partition())
          .add(cause.offset())
          .json(SNAPSHOT.write(transition.after()));
      endRow("transitions");
    } else if (value instanceof ExceptionCase one) {
      table("exceptions")
          .add(one.exceptionId())
          .add(one.revision())
          .add(one.kind().name())
          .add(one.state().name())
          .add(one.shop())
          .add(one.orderNo())
          .add(one.openedAt())
          .add(one.at())
          .add(one.suggestedAction())
          .add(EVIDENCE.valueToTree(one.evidence()).toString());
      endRow("exceptions");
    }
  }

  @Override
  public synchronized void order(OrderLedger order) {
    OrderKey key = order.order();
    OrderSnapshot now = order.snapshot();
    TransactionKey paying = now.payingTransaction();
    Long due = now.amountDueMinor();
    table("orders")
        .add(key.shop())
        .add(key.orderNo())
        .add(order.version())
        .add(now.status().name())
        .add(due == null ? null : due.toString())
        .add(now.currency())
        .add(now.placedAt())
        .add(paying == null ? null : paying.provider())
        .add(paying == null ? null : paying.account())
        .add(paying == null ? null : paying.transactionId())
        .json(SNAPSHOT.write(now));
    endRow("orders");
    for (Balance balance : now.balances()) {
      table("balances")
          .add(key.shop())
          .add(key.orderNo())
          .add(balance.currency())
          .add(balance.receivedMinor())
          .add(balance.appliedMinor())
          .add(balance.owedBackMinor())
          .add(balance.suspenseMinor())
          .add(balance.refundedMinor());
      endRow("balances");
    }
  }

  private CopyText table(String name) {
    return tables.computeIfAbsent(name, any -> new CopyText());
  }

  private void endRow(String name) {
    CopyText rows = table(name);
    rows.endRow();
    if (rows.length() >= ENOUGH) {
      copy(name, rows);
    }
  }

  private void copy(String name, CopyText rows) {
    try {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              "COPY " + schema + "." + name + " FROM STDIN", new ByteArrayInputStream(rows.take()));
    } catch (SQLException | IOException e) {
      throw failed(schema, e);
    }
  }

  @Override
  public synchronized void finish(ReplayReport report) {
    tables.forEach(this::copy);
    try (Statement statement = connection.createStatement()) {
      statement.execute(INDEXES.replace("SCHEMA", schema.name()));
      insert(report);
      connection.commit();
      // Planners know nothing of new tables.
      for (String name : tables.keySet()) {
        statement.execute("ANALYZE " + schema + "." + name);
      }
      connection.commit();
    } catch (SQLException e) {
      throw failed(schema, e);
    }
  }

  private void insert(ReplayReport report) {
    OrderKey order = range.order();
    table("replay")
        .add(range.from())
        .add(range.to())
        .add(range.shop())
        .add(order == null ? null : order.toString())
        .add(report.outcome().name())
        .add(report.inputs())
        .add(report.total());
    table("replay").endRow();
    copy("replay", table("replay"));
  }

  @Override
  public void close() {
    try {
      // What was not committed is gone with it.
      connection.close();
    } catch (SQLException e) {
      throw failed(schema, e);
    }
  }

  private static UntellableException failed(ScratchName schema, Exception e) {
    return new UntellableException("schema " + schema + " can't be written: " + e.getMessage(), e);
  }
}
