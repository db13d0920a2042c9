package io.paidonce.contract.downstream;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** The consumer settings that the promise depends on, and why; they win over the caller's. */
final class ConsumerSettings {

  private ConsumerSettings() {}

  static Map<String, Object> of(String name, Map<String, ?> callers) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, name);
    // A dead instance's partitions move on after this long.
    settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 3_000);
    // One poll is one transaction; each order of it takes a lock of PostgreSQL's shared table.
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 200);
    settings.putAll(callers);
    // What a transaction aborted never happened.
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    // The database alone knows the offsets: two memories would disagree after a crash between them.
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    // An offset outside of the log is a loss to be seen, not a place to jump from.
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return settings;
  }
}
