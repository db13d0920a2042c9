package io.paidonce.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.paidonce.contract.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The hand-over to Kafka's own producer without a broker, which answers when it is told to. */
class KafkaNotificationPublisherTest {

  private final MockProducer<byte[], byte[]> producer = unanswering();
  private final KafkaNotificationPublisher publisher =
      new KafkaNotificationPublisher(List.of(producer), List.of("t"));

  private static MockProducer<byte[], byte[]> unanswering() {
    return new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @AfterEach
  void close() {
    publisher.close();
  }

  @Test
  void allRecordsOfACallbackAreStoredBeforeItIs() {
    publisher.learnTopics();
    CompletableFuture<Void> stored = publish(List.of(sent("a"), sent("b")), () -> false);
    await().until(() -> producer.history().size() == 2);
    producer.completeNext();
    assertThat(stored).isNotDone();
    producer.completeNext();
    await().until(stored::isDone);
    assertThat(stored).isCompleted();
  }

  @Test
  void oneRecordThatFailsFailsTheCallbackOnceAllAreSettled() {
    publisher.learnTopics();
    CompletableFuture<Void> stored = publish(List.of(sent("a"), sent("b")), () -> false);
    await().until(() -> producer.history().size() == 2);
    producer.errorNext(new TimeoutException("2 ms too late"));
    assertThat(stored).as("the other one is still on its way").isNotDone();
    producer.completeNext();
    await().until(stored::isDone);
    assertThatThrownBy(stored::join).hasMessageContaining("2 ms too late");
  }

  @Test
  void aKeyAlwaysGoesThroughTheSameProducerAndEachProducerHasPartitionsOfItsOwn() {
    List<MockProducer<byte[], byte[]>> several =
        List.of(unanswering(), unanswering(), unanswering(), unanswering());
    try (KafkaNotificationPublisher spread =
        new KafkaNotificationPublisher(List.copyOf(several), List.of("t"))) {
      spread.learnTopics();
      for (int i = 0; i < 400; i++) {
        CompletionStage<Void> unused =
            spread.publish(List.of(keyed("key-" + i % 200)), () -> false);
      }
      await().until(() -> several.stream().mapToInt(p -> p.history().size()).sum() == 400);
      Map<Integer, Integer> producerOfPartition = new HashMap<>();
      for (int producer = 0; producer < several.size(); producer++) {
        assertThat(several.get(producer).history()).isNotEmpty();
        for (ProducerRecord<byte[], byte[]> sent : several.get(producer).history()) {
          int partition =
              BuiltInPartitioner.partitionForKey(
                  sent.key(), Topics.PAYMENT_NOTIFICATIONS.partitions());
          assertThat(producerOfPartition.computeIfAbsent(partition, p -> -1)).isIn(-1, producer);
          producerOfPartition.put(partition, producer);
        }
      }
      assertThat(producerOfPartition).hasSize(Topics.PAYMENT_NOTIFICATIONS.partitions());
      several.forEach(
          producer -> {
            while (producer.completeNext()) {
              // Each is stored.
            }
          });
    }
  }

  @Test
  void beforeKafkaWasReachedNothingIsTried() {
    CompletableFuture<Void> stored = publish(List.of(sent("a")), () -> false);
    assertThat(stored).isCompletedExceptionally();
    assertThat(producer.history()).isEmpty();
  }

  @Test
  void whatNobodyWaitsForAnyMoreIsNotSent() {
    publisher.learnTopics();
    CountDownLatch hanging = new CountDownLatch(1);
    CompletableFuture<Void> first = publish(List.of(sent("a")), () -> !waited(hanging));
    CompletableFuture<Void> second = publish(List.of(sent("b")), () -> true);
    assertThat(second).isNotDone();
    hanging.countDown();
    await().until(second::isDone);
    assertThat(second).isCompletedExceptionally();
    assertThat(producer.history()).hasSize(1);
    producer.completeNext();
    await().until(first::isDone);
  }

  @Test
  void aProducerThatRefusesToSendFailsTheCallback() {
    publisher.learnTopics();
    producer.sendException = new IllegalStateException("fenced");
    CompletableFuture<Void> stored = publish(List.of(sent("a")), () -> false);
    await().until(stored::isDone);
    assertThatThrownBy(stored::join).hasMessageContaining("fenced");
  }

  @Test
  void afterTheEndNothingIsTaken() {
    publisher.learnTopics();
    publisher.close();
    assertThat(publish(List.of(sent("a")), () -> false)).isCompletedExceptionally();
  }

  private CompletableFuture<Void> publish(
      List<ProducerRecord<byte[], byte[]>> records, BooleanSupplier abandoned) {
    return publisher.publish(records, abandoned).toCompletableFuture();
  }

  private static ProducerRecord<byte[], byte[]> sent(String value) {
    return new ProducerRecord<>("t", value.getBytes(UTF_8));
  }

  private static boolean waited(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static ProducerRecord<byte[], byte[]> keyed(String key) {
    return new ProducerRecord<>("t", key.getBytes(UTF_8), new byte[0]);
  }
}
