package io.paidonce.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a stack in containers can do beside what {@link LocalStackIT} asks of any. */
@Tag("containers")
@Timeout(240)
class ContainersIT {
  @Test
  void aKilledBrokerComesBackAtItsAddressWithItsRecords() throws Exception {
    try (LocalStack stack = LocalStack.temporary()) {
      LocalKafka kafka = stack.kafka();
      Records records = new Records(kafka.bootstrapServers());
      records.createTopic();
      records.write("before");
      kafka.kill();
      assertThatThrownBy(kafka::pause).hasMessageContaining("not running");
      kafka.restart();
      records.write("after");
      kafka.pause();
      kafka.resume();
      assertThat(records.readAll()).containsExactly("before", "after");
      assertThatThrownBy(kafka::pid).isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void aKilledPostgresComesBackAtItsAddressWithItsDatabases() throws Exception {
    try (LocalStack stack = LocalStack.temporary()) {
      LocalPostgres postgres = stack.postgres();
      String url = stack.createDatabase("kept");
      postgres.kill();
      postgres.restart();
      try (Connection connection =
              DriverManager.getConnection(url, postgres.user(), postgres.password());
          var settings = connection.createStatement().executeQuery("show fsync")) {
        assertThat(settings.next()).isTrue();
        assertThat(settings.getString(1)).isEqualTo("on");
      }
      assertThatThrownBy(postgres::pid).isInstanceOf(UnsupportedOperationException.class);
    }
  }
}
