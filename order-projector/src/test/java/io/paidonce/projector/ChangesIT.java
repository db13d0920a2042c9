package io.paidonce.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who waits for an order hears of it when it is committed, whoever wrote it. */
class ChangesIT {

  private final Tables tables = TestStack.newDatabase();
  private final Semaphore heard = new Semaphore(0);

  @Test
  void whatIsWrittenIsHeardOnceItIsCommittedAndNeverBefore() throws Exception {
    try (Connection writer = tables.connect();
        Changes changes = Changes.listen(TestStack.config(tables, "unused"), heard::release)) {
      assertThat(heard.tryAcquire(20, TimeUnit.SECONDS)).as("the look at its beginning").isTrue();
      writer.setAutoCommit(false);
      Changes.tell(writer);
      writer.rollback();
      Changes.tell(writer);
      assertThat(heard.tryAcquire(300, TimeUnit.MILLISECONDS)).isFalse();
      writer.commit();
      assertThat(heard.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
      assertThat(changes).isNotNull();
    }
  }

  @Test
  void aLostConnectionIsMadeAnewAndWhatWasMissedIsLookedAt() throws Exception {
    try (Changes changes = Changes.listen(TestStack.config(tables, "unused"), heard::release)) {
      assertThat(heard.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
      tables.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE datname = current_database() AND query LIKE 'LISTEN%'");
      assertThat(heard.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
      tables.execute("NOTIFY paidonce_written");
      await().until(() -> heard.tryAcquire(1, TimeUnit.SECONDS));
      assertThat(changes).isNotNull();
    }
  }
}
