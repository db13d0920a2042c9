package io.paidonce.projector;

import static org.assertj.core.api.Assertions.assertThat;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** A read store that is kept over an upgrade. */
class MigrationsIT {

  @Test
  void rowsFromBeforeRefundsAreKeptAndSayThatNothingWasRefunded() {
    Tables tables = TestStack.newDatabase();
    Flyway.configure()
        .dataSource(tables.jdbcUrl(), tables.user(), tables.password())
        .locations("classpath:db/migration")
        .target("1")
        .load()
        .migrate();
    tables.execute(
        "INSERT INTO payments VALUES ('wechat', 'a', 't', 's', 'o', 5, 'CNY', 'p', 'p', 'APPLIED',"
            + " NULL, now(), 'CALLBACK', 2)");
    tables.execute("INSERT INTO order_balances VALUES ('s', 'o', 'CNY', 5, 5, 0, 0, 2)");

    ProjectorConfig config = TestStack.config(tables, "unused");
    Database database = new Database(config, System::nanoTime);
    Migrations.apply(config, database);
    database.disconnect();

    assertThat(tables.rows("SELECT transaction_id, refunded_minor FROM payments"))
        .containsExactly("t|0");
    assertThat(tables.rows("SELECT applied_minor, refunded_minor FROM order_balances"))
        .containsExactly("5|0");
    assertThat(tables.rows("SELECT * FROM refunds")).isEmpty();
  }

  @Test
  void rowsFromBeforePoliciesAreKeptAndSayTheDefault() {
    Tables tables = TestStack.newDatabase();
    Flyway.configure()
        .dataSource(tables.jdbcUrl(), tables.user(), tables.password())
        .locations("classpath:db/migration")
        .target("2")
        .load()
        .migrate();
    tables.execute(
        "INSERT INTO payments VALUES ('wechat', 'a', 't', 's', 'o', 5, 'CNY', 'p', 'p',"
            + " 'OWED_BACK', NULL, now(), 'CALLBACK', 2, 1)");
    tables.execute(
        "INSERT INTO orders VALUES ('s', 'o', 2, 'CANCELLED', 5, 'CNY', now(), NULL, NULL, NULL,"
            + " now())");

    ProjectorConfig config = TestStack.config(tables, "unused");
    Database database = new Database(config, System::nanoTime);
    Migrations.apply(config, database);
    database.disconnect();

    assertThat(tables.rows("SELECT partial_payments, late_payment, due_since FROM orders"))
        .containsExactly("f|REVIEW|null");
    assertThat(tables.rows("SELECT * FROM money_by_provider"))
        .containsExactly("wechat|CNY|5|0|0|4|0|1");
  }
}
