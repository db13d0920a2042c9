package io.paidonce.projector;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a rebuild asks and changes in PostgreSQL's catalogue. The connection holds an advisory lock
 * for as long as it lives, so that two rebuilds of a read store never run at once.
 */
final class SchemaSwitch implements AutoCloseable {

  /** Any number that nobody else takes: "paidonce" as bytes would be too long. */
  private static final int LOCK_CLASS = 0x7061_6964;

  /** Counting a large table takes its time; the writer's own limit would end it. */
  private static final int COUNTING_MS = 600_000;

  private static final String GRANTS =
      """
      SELECT format('GRANT %s ON SCHEMA %I TO %s%s', a.privilege_type, ?,
          CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END,
          CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
      FROM pg_namespace n, aclexplode(n.nspacl) a
      WHERE n.nspname = ? AND a.grantee <> n.nspowner
      UNION ALL
      SELECT format('GRANT %s ON %I.%I TO %s%s', a.privilege_type, ?, c.relname,
          CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END,
          CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) a
      WHERE n.nspname = ? AND c.relkind IN ('r', 'v') AND a.grantee <> c.relowner
      """;

  // Tables, views, sequences, functions and types of others; an index goes with its table, and the
  // row type of a table with it.
  private static final String STRANGERS =
      """
      SELECT 'relation ' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ? AND c.relkind NOT IN ('i', 'I', 't') AND NOT EXISTS (
          SELECT FROM pg_class o JOIN pg_namespace m ON m.oid = o.relnamespace
          WHERE m.nspname = ? AND o.relname = c.relname)
      UNION ALL
      SELECT 'function ' || p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE n.nspname = ?
      UNION ALL
      SELECT DISTINCT 'view ' || v.oid::regclass || ', which reads ' || c.relname
      FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid
          JOIN pg_class v ON v.oid = r.ev_class JOIN pg_class c ON c.oid = d.refobjid
          JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass
          AND n.nspname = ? AND v.relnamespace <> n.oid
      ORDER BY 1
      """;

  private static final String MAY_RENAME =
      """
      SELECT pg_has_role(nspowner, 'USAGE')
          AND has_database_privilege(current_database(), 'CREATE')
      FROM pg_namespace WHERE nspname = ?
      """;

  private final Connection connection;
  private final SchemaNames names;

  private SchemaSwitch(Connection connection, SchemaNames names) {
    this.connection = connection;
    this.names = names;
  }

  /**
   * Connects, and keeps every other rebuild out.
   *
   * @throws IllegalStateException if one runs
   */
  static SchemaSwitch open(ProjectorConfig config) throws SQLException {
    Connection connection = Database.connect(config);
    try {
      String live = text(connection, "SELECT current_schema()");
      if (live.isEmpty()) {
        throw new IllegalStateException(
            config.database() + " has none of the schemas in search_path; there is no read store");
      }
      SchemaNames names = SchemaNames.of(live);
      if (!locked(connection, live)) {
        throw new IllegalStateException(
            "a rebuild of this read store is running already, or is ending; wait for it");
      }
      connection.setNetworkTimeout(Runnable::run, COUNTING_MS);
      return new SchemaSwitch(connection, names);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  SchemaNames names() {
    return names;
  }

  boolean exists(String schema) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT count(*) FROM pg_namespace WHERE nspname = ?")) {
      query.setString(1, schema);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getLong(1) > 0;
      }
    }
  }

  /** Whether this user can do what the switch takes: own the schema and make others. */
  boolean mayRename() throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(MAY_RENAME)) {
      query.setString(1, names.live());
      try (ResultSet row = query.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  boolean isProjected() throws SQLException {
    return !text(connection, "SELECT coalesce(to_regclass('projector_offsets')::text, '')")
        .isEmpty();
  }

  void create(String schema) throws SQLException {
    execute("CREATE SCHEMA IF NOT EXISTS " + schema);
  }

  void drop(String schema) throws SQLException {
    execute("DROP SCHEMA " + schema + " CASCADE");
  }

  /** The newest migration of a schema's tables. */
  String version(String schema) throws SQLException {
    return text(
        connection,
        "SELECT version FROM "
            + schema
            + ".flyway_schema_history WHERE success AND version IS NOT NULL"
            + " ORDER BY installed_rank DESC LIMIT 1");
  }

  /** What would move away with the live schema and is nothing of ours, or reads it from outside. */
  List<String> strangers() throws SQLException {
    return texts(STRANGERS, names.live(), names.building(), names.live(), names.live());
  }

  /** How far a schema's rows are, by topic and partition. */
  Map<String, Long> offsets(String schema) throws SQLException {
    Map<String, Long> offsets = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT topic || '-' || partition, next_offset FROM "
                    + schema
                    + ".projector_offsets")) {
      while (rows.next()) {
        offsets.put(rows.getString(1), rows.getLong(2));
      }
    }
    return offsets;
  }

  /** Rows of each table of a schema, and how far they are: one snapshot. */
  Counted count(String schema) throws SQLException {
    connection.setAutoCommit(false);
    try {
      execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
      Map<String, Long> offsets = offsets(schema);
      Map<String, Long> rows = new TreeMap<>();
      for (String table : tables(schema)) {
        rows.put(
            table,
            Long.parseLong(text(connection, "SELECT count(*)::text FROM " + schema + "." + table)));
      }
      return new Counted(offsets, rows);
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  /**
   * One snapshot of a schema.
   *
   * @param offsets by topic and partition
   * @param rows by table
   */
  record Counted(Map<String, Long> offsets, Map<String, Long> rows) {}

  private List<String> tables(String schema) throws SQLException {
    return texts(
        "SELECT tablename FROM pg_tables WHERE schemaname = ? AND tablename NOT IN"
            + " ('projector_offsets', 'projection_refusals', 'flyway_schema_history') ORDER BY 1",
        schema);
  }

  /** Begins the transaction of the switch: the live store's writers wait, its readers don't. */
  void holdWriters() throws SQLException {
    connection.setAutoCommit(false);
    // A writer's batch is short. Were it not, the writers behind us would wait for it too.
    execute("SET LOCAL lock_timeout = '5s'");
    execute("LOCK TABLE " + names.live() + ".projector_offsets IN EXCLUSIVE MODE");
  }

  /**
   * Ends that transaction with the new store in the old one's place: names change, no table is
   * touched, so that nobody waits for a reader and no reader for us.
   */
  void commit() throws SQLException {
    for (String grant :
        texts(GRANTS, names.building(), names.live(), names.building(), names.live())) {
      execute(grant);
    }
    execute("ALTER SCHEMA " + names.live() + " RENAME TO " + names.old());
    execute("ALTER SCHEMA " + names.building() + " RENAME TO " + names.live());
    connection.commit();
    connection.setAutoCommit(true);
  }

  /** Lets the writers go on where they are. */
  void giveUp() throws SQLException {
    connection.rollback();
    connection.setAutoCommit(true);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // Nothing hangs on it: the server lets go of a lost connection's locks.
      return;
    }
  }

  private static boolean locked(Connection connection, String live) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT pg_try_advisory_lock(?, hashtext(?))")) {
      query.setInt(1, LOCK_CLASS);
      query.setString(2, live);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      String text = row.next() ? row.getString(1) : null;
      return text == null ? "" : text;
    }
  }

  private List<String> texts(String sql, String... parameters) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        query.setString(i + 1, parameters[i]);
      }
      List<String> texts = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          texts.add(rows.getString(1));
        }
      }
      return texts;
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
