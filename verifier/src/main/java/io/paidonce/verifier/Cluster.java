package io.paidonce.verifier;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * What the brokers are asked, each question answered or {@link KafkaAwayException} within a limit.
 * Whatever fails that way is asked anew by another client: a broker that goes away while all
 * brokers are asked for their transactions makes Kafka's client throw "Unexpected key set" inside
 * its own thread, which does not survive it.
 */
final class Cluster implements AutoCloseable {

  private static final List<TransactionState> UNFINISHED =
      List.of(
          TransactionState.ONGOING,
          TransactionState.PREPARE_COMMIT,
          TransactionState.PREPARE_ABORT);

  private final String bootstrapServers;
  private final Duration answerWithin;
  private @Nullable Admin admin;

  Cluster(String bootstrapServers, Duration answerWithin) {
    this.bootstrapServers = bootstrapServers;
    this.answerWithin = answerWithin;
  }

  Collection<TransactionListing> unfinishedTransactions() {
    return ask(
        a -> a.listTransactions(new ListTransactionsOptions().filterStates(UNFINISHED)).all());
  }

  Map<TopicPartition, Long> ends(List<TopicPartition> partitions, IsolationLevel level) {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
    Map<TopicPartition, ListOffsetsResultInfo> found =
        ask(a -> a.listOffsets(latest, new ListOffsetsOptions(level)).all());
    Map<TopicPartition, Long> ends = new HashMap<>();
    found.forEach((partition, info) -> ends.put(partition, info.offset()));
    return ends;
  }

  Map<TopicPartition, Long> committed(String group) {
    Map<TopicPartition, @Nullable OffsetAndMetadata> committed =
        ask(a -> a.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    Map<TopicPartition, Long> offsets = new HashMap<>();
    committed.forEach(
        (partition, offset) -> {
          if (offset != null) {
            offsets.put(partition, offset.offset());
          }
        });
    return offsets;
  }

  @Override
  public void close() {
    Admin old = admin;
    admin = null;
    if (old != null) {
      old.close(Duration.ZERO);
    }
  }

  private <T> T ask(Function<Admin, KafkaFuture<T>> question) {
    Admin asked = connected();
    try {
      return question.apply(asked).get(answerWithin.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause != null && isPassing(cause)) {
        throw away(cause.getMessage(), e);
      }
      throw new IllegalStateException("the cluster refused: " + e.getMessage(), e);
    } catch (KafkaException | IllegalArgumentException | IllegalStateException e) {
      throw away(e.getMessage(), e);
    } catch (TimeoutException e) {
      throw away("no answer within " + answerWithin.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the cluster", e);
    }
  }

  /** A question that was put wrongly stays wrong; only "Unexpected key set" comes this way too. */
  private static boolean isPassing(Throwable cause) {
    return cause instanceof RetriableException || cause instanceof IllegalArgumentException;
  }

  private KafkaAwayException away(@Nullable String why, Exception cause) {
    close();
    return new KafkaAwayException(why == null ? cause.getClass().getSimpleName() : why, cause);
  }

  private Admin connected() {
    if (admin == null) {
      admin =
          Admin.create(
              Map.of(
                  AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                  bootstrapServers,
                  AdminClientConfig.CLIENT_ID_CONFIG,
                  "paidonce-verifier"));
    }
    return admin;
  }
}
