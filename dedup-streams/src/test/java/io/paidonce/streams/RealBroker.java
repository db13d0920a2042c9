package io.paidonce.streams;

import static org.awaitility.Awaitility.await;

import io.paidonce.contract.OrderPaid;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.TopicsAdmin;
import io.paidonce.contract.UnreadableRecordException;
import io.paidonce.localstack.LocalStack;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The one broker of this JVM with all topics, and what stands in them. */
final class RealBroker implements AutoCloseable {

  static final Duration SOON = Duration.ofSeconds(60);

  private final String bootstrap = LocalStack.shared().kafka().bootstrapServers();
  private final Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
  private final KafkaProducer<byte[], byte[]> producer;
  private final Path stateDir;

  RealBroker(Path stateDir) {
    this.stateDir = stateDir;
    new TopicsAdmin(admin, 1).apply();
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ProducerConfig.ACKS_CONFIG,
                "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  DedupStreamsConfig config() {
    return config("first", 0);
  }

  DedupStreamsConfig config(String applicationId, int managementPort) {
    return new DedupStreamsConfig(
        bootstrap,
        applicationId,
        stateDir.resolve(applicationId).toString(),
        2,
        1,
        0,
        null,
        64,
        null,
        managementPort);
  }

  Admin admin() {
    return admin;
  }

  void send(ProducerRecord<byte[], byte[]> record) throws ExecutionException, InterruptedException {
    producer.send(record).get();
  }

  void sendAll(List<ProducerRecord<byte[], byte[]>> records)
      throws ExecutionException, InterruptedException {
    List<Future<?>> sent = new ArrayList<>();
    for (ProducerRecord<byte[], byte[]> record : records) {
      sent.add(producer.send(record));
    }
    for (Future<?> one : sent) {
      one.get();
    }
  }

  void awaitPaid(String orderNo) {
    await().atMost(SOON).until(() -> !paid(orderNo).isEmpty());
  }

  List<OrderPaid> paid(String orderNo) {
    return committed(Topics.ORDER_PAID).stream().filter(p -> p.orderNo().equals(orderNo)).toList();
  }

  <V> List<V> committed(Topic<V> topic) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrap,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.name()).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<V> values = new ArrayList<>();
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          values.add(topic.read(record.headers(), record.value()));
        }
      }
      return values;
    } catch (UnreadableRecordException e) {
      throw new AssertionError("the topology wrote what it can't read", e);
    }
  }

  static int status(DedupStreams streams, String path) throws Exception {
    return get(streams, path).statusCode();
  }

  static HttpResponse<String> get(DedupStreams streams, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + streams.managementPort() + path))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
  }
}
