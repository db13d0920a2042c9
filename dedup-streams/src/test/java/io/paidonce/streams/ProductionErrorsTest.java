package io.paidonce.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.paidonce.contract.Topic;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.apache.kafka.streams.errors.ProductionExceptionHandler.Response;
import org.apache.kafka.streams.errors.ProductionExceptionHandler.Result;
import org.apache.kafka.streams.errors.ProductionExceptionHandler.SerializationExceptionOrigin;
import org.apache.kafka.streams.processor.TaskId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a broker refuses is never left out: going on would commit the input of a payment whose
 * output nobody gets. Asked of the handler that is set, for each topic that is written.
 */
class ProductionErrorsTest {

  private final ProductionExceptionHandler handler = configured();

  static Stream<String> topics() {
    return DedupTopology.TOPICS.stream().map(Topic::name);
  }

  @ParameterizedTest
  @MethodSource("topics")
  void whatABrokerRefusesStopsTheTopology(String topic) {
    Stream.of(
            new RecordTooLargeException("as told"),
            new TopicAuthorizationException(topic),
            new InvalidTopicException("as told"))
        .forEach(
            refusal -> {
              Response response = handler.handleError(new Somewhere(), record(topic), refusal);
              assertThat(response.result()).isEqualTo(Result.FAIL);
              assertThat(response.deadLetterQueueRecords()).isEmpty();
            });
    assertThat(
            handler
                .handleSerializationError(
                    new Somewhere(),
                    record(topic),
                    new IllegalStateException("as told"),
                    SerializationExceptionOrigin.VALUE)
                .result())
        .isEqualTo(Result.FAIL);
  }

  @ParameterizedTest
  @MethodSource("topics")
  void whatPassesIsTriedAgain(String topic) {
    Stream.of(new TimeoutException("as told"), new NotEnoughReplicasException("as told"))
        .forEach(
            passing ->
                assertThat(handler.handleError(new Somewhere(), record(topic), passing).result())
                    .isEqualTo(Result.RETRY));
  }

  private static ProductionExceptionHandler configured() {
    try (RocksDbMemory memory = new RocksDbMemory(16)) {
      Properties settings =
          Settings.of(
              new DedupStreamsConfig("k:1", null, "/s", null, null, null, null, null, null, null),
              memory,
              new StreamsMetrics(new SimpleMeterRegistry()));
      StreamsConfig config = new StreamsConfig(settings);
      ProductionExceptionHandler handler = config.productionExceptionHandler();
      Map<String, Object> given = new HashMap<>();
      settings.forEach((name, value) -> given.put((String) name, value));
      handler.configure(given);
      return handler;
    }
  }

  private static ProducerRecord<byte[], byte[]> record(String topic) {
    return new ProducerRecord<>(topic, new byte[] {1}, new byte[] {2});
  }

  /** Where the refused record came from: of no interest. */
  private record Somewhere() implements ErrorHandlerContext {

    @Override
    public String topic() {
      return "order-inputs";
    }

    @Override
    public int partition() {
      return 0;
    }

    @Override
    public long offset() {
      return 0;
    }

    @Override
    public Headers headers() {
      return new RecordHeaders();
    }

    @Override
    public String processorNodeId() {
      return LedgerProcessor.NAME;
    }

    @Override
    public TaskId taskId() {
      return new TaskId(0, 0);
    }

    @Override
    public long timestamp() {
      return 0;
    }

    @Override
    public byte[] sourceRawKey() {
      return new byte[0];
    }

    @Override
    public byte[] sourceRawValue() {
      return new byte[0];
    }
  }
}
