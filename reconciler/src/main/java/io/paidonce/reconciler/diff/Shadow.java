package io.paidonce.reconciler.diff;

import io.paidonce.contract.OrderInput;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnreadableRecordException;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Another build that follows live traffic and decides nothing: each input is folded by this build
 * and by that one, and what differs is counted and said. Writes to no topic and commits no offset:
 * it keeps nothing, so that each start begins with the orders that begin then.
 */
final class Shadow implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Shadow.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration GONE_WITHIN = Duration.ofSeconds(10);

  /** Orders whose difference has been said; then one may be said again. */
  private static final int REMEMBERED = 100_000;

  private final Consumer<byte[], byte[]> consumer;
  private final ShadowMetrics metrics;
  private final SideBySide builds;
  private final Followed followed;
  private final Comparison comparison = new Comparison(REMEMBERED);
  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
  private final AtomicBoolean isJoined = new AtomicBoolean();
  private final Thread thread = new Thread(this::run, "shadow");
  private volatile boolean isStopping;

  /**
   * Ready to start.
   *
   * @param consumer of a group of its own; is closed with this
   * @param mostOrders how many are followed at once
   */
  Shadow(Consumer<byte[], byte[]> consumer, Build other, int mostOrders, ShadowMetrics metrics) {
    this.consumer = consumer;
    this.metrics = metrics;
    this.followed =
        new Followed(
            mostOrders,
            (partition, order) -> {
              metrics.left();
              forget(partition, order);
            });
    this.builds = new SideBySide(other, this::compare);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try (consumer) {
      try {
        follow();
      } catch (WakeupException e) {
        // Told to stop.
      } catch (RuntimeException e) {
        isStopping = true;
        failure.complete(e);
      }
    }
  }

  private void follow() {
    consumer.subscribe(List.of(Topics.ORDER_INPUTS.name()), new Assignment());
    while (!isStopping) {
      builds.requireAnswers();
      boolean isAny = false;
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        isAny = true;
        take(record);
      }
      if (isAny) {
        builds.flush();
      }
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    OrderInput input;
    try {
      input = Topics.ORDER_INPUTS.read(record.headers(), record.value());
    } catch (UnreadableRecordException e) {
      metrics.unreadable();
      return;
    }
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    if (followed.takes(partition, input.order().toString(), input.kind())) {
      builds.take(record, true);
      metrics.folded(followed.size());
    } else {
      metrics.passedOver();
    }
  }

  private void forget(TopicPartition partition, @Nullable String order) {
    builds.forget(partition, order);
  }

  // Called by the thread that reads the other build's answers.
  private void compare(byte[] here, byte[] there) throws IOException {
    long before = comparison.differing();
    OrderDifference parted = comparison.lines(here, there);
    if (comparison.differing() > before) {
      metrics.different();
    }
    if (parted != null) {
      metrics.orderDifferent();
      log.warn("the other build decides otherwise: {}", parted);
    }
  }

  private final class Assignment implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      isJoined.set(true);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      // Whoever has them next begins anew; coming back, they begin anew here.
      for (TopicPartition partition : partitions) {
        followed.leave(partition);
        if (!isStopping) {
          forget(partition, null);
        }
      }
    }
  }

  boolean isAlive() {
    return !failure.isDone();
  }

  boolean isReady() {
    return isAlive() && isJoined.get();
  }

  /** Completes with what ended it; never, while it works. */
  CompletionStage<Throwable> failure() {
    return failure.minimalCompletionStage();
  }

  @Override
  public void close() {
    isStopping = true;
    consumer.wakeup();
    try {
      thread.join(GONE_WITHIN.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    builds.close();
  }
}
