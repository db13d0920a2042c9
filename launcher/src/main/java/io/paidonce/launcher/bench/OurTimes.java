package io.paidonce.launcher.bench;

import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/**
 * Lets a cluster that is filled for a measurement or a test take the writer's timestamps, and keep
 * what is older than its retention. Inputs are made beside their sources, and say when brokers took
 * these.
 */
public final class OurTimes {

  private static final String TIMESTAMPS = "message.timestamp.type";
  private static final Duration KNOWN_WITHIN = Duration.ofSeconds(30);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  // Logs are told by the same thread of the broker, within a moment.
  private static final Duration TOLD_WITHIN = Duration.ofSeconds(2);

  private OurTimes() {}

  /** Changes all topics, and returns when the broker knows. */
  public static void takenBy(Admin admin) {
    Map<ConfigResource, Collection<AlterConfigOp>> changes = new LinkedHashMap<>();
    for (Topic<?> topic : Topics.all()) {
      changes.put(
          new ConfigResource(ConfigResource.Type.TOPIC, topic.name()),
          List.of(set(TIMESTAMPS, "CreateTime"), set("retention.ms", "-1")));
    }
    try {
      admin.incrementalAlterConfigs(changes).all().get();
      await(admin, changes.keySet());
    } catch (ExecutionException e) {
      throw new IllegalStateException(TIMESTAMPS + " can't be changed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while topics were changed", e);
    }
  }

  private static AlterConfigOp set(String name, String value) {
    return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
  }

  // The broker learns of it a moment after the controller; a record before that has its own time.
  private static void await(Admin admin, Collection<ConfigResource> topics)
      throws ExecutionException, InterruptedException {
    long end = System.nanoTime() + KNOWN_WITHIN.toNanos();
    while (!areTaken(admin, topics)) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException(TIMESTAMPS + " is not known to the broker after 30 s");
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
    LockSupport.parkNanos(TOLD_WITHIN.toNanos());
  }

  private static boolean areTaken(Admin admin, Collection<ConfigResource> topics)
      throws ExecutionException, InterruptedException {
    return admin.describeConfigs(topics).all().get().values().stream()
        .allMatch(config -> "CreateTime".equals(config.get(TIMESTAMPS).value()));
  }
}
