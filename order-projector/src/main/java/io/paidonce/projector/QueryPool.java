package io.paidonce.projector;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** The connections of the query API: read-only, each statement one consistent snapshot. */
final class QueryPool {

  private QueryPool() {}

  /** Few connections that may write, opened when first needed: for what operators propose. */
  static HikariDataSource openForOperators(ProjectorConfig config) {
    HikariConfig pool = settings(config);
    pool.setPoolName("projector-operators");
    pool.setMaximumPoolSize(2);
    pool.setMinimumIdle(0);
    return new HikariDataSource(pool);
  }

  static HikariDataSource open(ProjectorConfig config) {
    HikariConfig pool = settings(config);
    pool.setPoolName("projector-queries");
    pool.setMaximumPoolSize(config.queryConnections());
    pool.setReadOnly(true);
    return new HikariDataSource(pool);
  }

  private static HikariConfig settings(ProjectorConfig config) {
    HikariConfig pool = new HikariConfig();
    pool.setJdbcUrl(config.jdbcUrl());
    pool.setUsername(config.user());
    pool.setPassword(config.password());
    // A question is one statement: anything around it would be another round trip.
    pool.setAutoCommit(true);
    // A caller hears soon that PostgreSQL is away.
    pool.setConnectionTimeout(2_000);
    pool.setValidationTimeout(1_000);
    // An absent server must not keep the API from starting and saying so.
    pool.setInitializationFailTimeout(-1);
    pool.addDataSourceProperty("ApplicationName", "order-projector-queries");
    pool.addDataSourceProperty("connectTimeout", "2");
    pool.addDataSourceProperty("socketTimeout", "10");
    pool.addDataSourceProperty("options", "-c statement_timeout=5000");
    return pool;
  }
}
