package io.paidonce.gateway;

import io.paidonce.contract.ClusterCheck;
import io.paidonce.contract.KafkaSilentException;
import io.paidonce.contract.UnsafeClusterException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Before anything else, whether the cluster is safe: until it has said so, nothing is published,
 * and where it says no, the gateway ends. Then looks every second, off the event loops, whether
 * Kafka has the gateway's topics with a leader for each partition, and has the producer learn them.
 */
final class KafkaProbe implements AutoCloseable {

  private static final int ANSWER_WITHIN_MS = 1_500;

  private record Look(long goodAtNanos, boolean everGood, String problem) {}

  private final Admin admin;
  private final ClusterCheck cluster;
  private final CompletableFuture<Throwable> refusal = new CompletableFuture<>();
  private final KafkaNotificationPublisher publisher;
  private final List<String> topics;
  private final Duration fresh;
  private final ScheduledExecutorService executor;
  private volatile Look last = new Look(0, false, "Kafka has not answered yet");

  KafkaProbe(
      Admin admin,
      ClusterCheck cluster,
      KafkaNotificationPublisher publisher,
      List<String> topics,
      Timings timings) {
    this.admin = admin;
    this.cluster = cluster;
    this.publisher = publisher;
    this.topics = topics;
    this.fresh = timings.fresh();
    this.executor =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "paidonce-kafka-probe");
              thread.setDaemon(true);
              return thread;
            });
    Future<?> unused =
        executor.scheduleWithFixedDelay(
            this::look, 0, timings.probe().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Why Kafka can't be counted on right now; empty when it can. */
  Optional<String> problem() {
    Look look = last;
    long age = System.nanoTime() - look.goodAtNanos();
    return look.everGood() && age <= fresh.toNanos()
        ? Optional.empty()
        : Optional.of(look.problem());
  }

  /** Completes with the reason if the cluster is unsafe: only an operator can mend that. */
  CompletionStage<Throwable> refusal() {
    return refusal.minimalCompletionStage();
  }

  private void look() {
    if (refusal.isDone()) {
      return;
    }
    String problem;
    try {
      problem = problemOfTopics();
      if (problem.isEmpty() && !last.everGood()) {
        problem = problemOfCluster();
      }
      if (problem.isEmpty()) {
        publisher.learnTopics();
        last = new Look(System.nanoTime(), true, "Kafka has stopped answering");
        return;
      }
    } catch (KafkaSilentException e) {
      problem = "Kafka's settings can't be checked: " + Causes.sentence(e);
    } catch (KafkaException e) {
      problem = "the producer can't learn the topics: " + e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    last = new Look(last.goodAtNanos(), last.everGood(), problem);
  }

  private String problemOfCluster() {
    List<String> problems = cluster.problems();
    if (problems.isEmpty()) {
      return "";
    }
    UnsafeClusterException unsafe = new UnsafeClusterException(problems);
    refusal.complete(unsafe);
    return String.valueOf(unsafe.getMessage());
  }

  private String problemOfTopics() throws InterruptedException {
    Map<String, KafkaFuture<TopicDescription>> found =
        admin
            .describeTopics(topics, new DescribeTopicsOptions().timeoutMs(ANSWER_WITHIN_MS))
            .topicNameValues();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> entry : found.entrySet()) {
      String topic = entry.getKey();
      try {
        Optional<Integer> leaderless = leaderless(entry.getValue().get());
        if (leaderless.isPresent()) {
          return topic + "-" + leaderless.get() + " has no leader";
        }
      } catch (ExecutionException e) {
        return e.getCause() instanceof UnknownTopicOrPartitionException
            ? "topic " + topic + " does not exist; run: paidonce topics apply"
            : "Kafka does not answer: " + Causes.sentence(e);
      }
    }
    return "";
  }

  private static Optional<Integer> leaderless(TopicDescription topic) {
    return topic.partitions().stream()
        .filter(p -> p.leader() == null || p.leader().equals(Node.noNode()))
        .map(p -> p.partition())
        .findFirst();
  }

  @Override
  public void close() {
    executor.shutdownNow();
    admin.close(Duration.ofSeconds(1));
  }
}
