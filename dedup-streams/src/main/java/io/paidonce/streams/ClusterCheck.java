package io.paidonce.streams;

import io.paidonce.contract.TopicsAdmin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.FinalizedVersionRange;

/** Refuses to run on a cluster on which the promises would not hold. */
final class ClusterCheck {

  private ClusterCheck() {}

  /** What makes the cluster unsafe, each with its fix; empty where all is well. */
  static List<String> problems(DedupStreamsConfig config) {
    Map<String, Object> settings =
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    try (Admin admin = Admin.create(settings)) {
      List<String> problems = new ArrayList<>();
      // Below 2 a delayed EndTxn can land in the next transaction and lose or double its records.
      short transactions = transactionVersion(admin);
      if (transactions < 2) {
        problems.add(
            "transaction.version is "
                + transactions
                + ", must be at least 2; run: kafka-features upgrade --feature transaction.version=2");
      }
      problems.addAll(new TopicsAdmin(admin, config.replicationFactor()).check());
      return problems;
    }
  }

  private static short transactionVersion(Admin admin) {
    try {
      FinalizedVersionRange range =
          admin
              .describeFeatures()
              .featureMetadata()
              .get(30, TimeUnit.SECONDS)
              .finalizedFeatures()
              .get("transaction.version");
      return range == null ? 0 : range.maxVersionLevel();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the cluster refused to list its features", e);
    } catch (TimeoutException e) {
      throw new IllegalStateException("Kafka did not answer within 30 s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking Kafka for its features", e);
    }
  }
}
