package io.paidonce.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LocalStackIT {
  @Test
  void aTemporaryStackHasBoth() throws Exception {
    try (LocalStack stack = LocalStack.temporary()) {
      Records records = new Records(stack.kafka().bootstrapServers());
      records.createTopic();
      records.write("here");
      assertThat(records.readAll()).containsExactly("here");
      assertThat(isThere(stack, stack.createDatabase("fresh"))).isTrue();
    }
  }

  @Test
  void aNamedStackIsKept(@TempDir Path dir) throws Exception {
    try (LocalStack stack = LocalStack.at(dir)) {
      new Records(stack.kafka().bootstrapServers()).createTopic();
      new Records(stack.kafka().bootstrapServers()).write("kept");
      stack.createDatabase("kept");
    }
    try (LocalStack stack = LocalStack.at(dir)) {
      assertThat(new Records(stack.kafka().bootstrapServers()).readAll()).containsExactly("kept");
      assertThat(isThere(stack, stack.postgres().jdbcUrl("kept"))).isTrue();
    }
  }

  @Test
  void theSharedStackIsOneAndStaysOpen() throws Exception {
    LocalStack first = LocalStack.shared();
    first.close();
    assertThat(LocalStack.shared()).isSameAs(first);
    assertThat(isThere(first, first.createDatabase("after_close"))).isTrue();
  }

  private static boolean isThere(LocalStack stack, String url) throws Exception {
    LocalPostgres postgres = stack.postgres();
    try (var connection = DriverManager.getConnection(url, postgres.user(), postgres.password())) {
      return connection.isValid(5);
    }
  }
}
