package io.paidonce.streams;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.DeadLetter;
import io.paidonce.contract.DeadLetterReason;
import io.paidonce.contract.EventHead;
import io.paidonce.contract.EventHeaders;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a defect of ours from stopping a partition: the record that meets it becomes a dead letter
 * in the same transaction as its offset. A broken world (broker, disk, store) is no property of the
 * record and is not caught here.
 */
public final class PoisonHandler implements ProcessingExceptionHandler {

  /** The configuration's key under which the handler finds what it counts with. */
  static final String METRICS_KEY = "paidonce.streams.metrics";

  private static final Logger log = LoggerFactory.getLogger(PoisonHandler.class);

  // Where it was thrown, of what was told with its stack trace.
  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private @Nullable StreamsMetrics metrics;

  @Override
  public void configure(Map<String, ?> configs) {
    if (!(configs.get(METRICS_KEY) instanceof StreamsMetrics given)) {
      throw new IllegalStateException(METRICS_KEY + " is not set");
    }
    metrics = given;
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
    byte[] key = context.sourceRawKey();
    byte[] value = context.sourceRawValue();
    if (exception instanceof KafkaException || context.topic() == null || value == null) {
      return Response.fail();
    }
    RecordCoordinates source =
        new RecordCoordinates(context.topic(), context.partition(), context.offset());
    tell(source, context.processorNodeId(), exception);
    DeadLetter letter =
        new DeadLetter(
            DeadLetter.SCHEMA,
            DeadLetterReason.PROCESSING_FAILED,
            // The class only: an exception's message may quote the content.
            context.processorNodeId() + ": " + exception.getClass().getSimpleName(),
            source,
            source.topic(),
            key == null ? null : RawBytes.of(key),
            KeptHeaders.of(context.headers()),
            RawBytes.of(value),
            Instant.ofEpochMilli(context.timestamp()));
    ProducerRecord<byte[], byte[]> kept =
        Topics.DEAD_LETTERS.record(
            source.toString(),
            letter,
            new EventHead(
                Topics.DEAD_LETTERS.name() + "/" + source,
                "/paidonce/dedup-streams",
                letter.at(),
                EventHeaders.text(context.headers(), EventHeaders.TRACEPARENT)));
    requireNonNull(metrics).deadLetter(DeadLetterReason.PROCESSING_FAILED);
    return Response.resume(
        List.of(new ProducerRecord<>(kept.topic(), null, null, key, kept.value(), kept.headers())));
  }

  // A defect that every record meets would write its stack trace as often, and little else.
  private void tell(RecordCoordinates source, String processor, Exception exception) {
    StackTraceElement[] stack = exception.getStackTrace();
    String where = exception.getClass().getName() + (stack.length == 0 ? "" : " at " + stack[0]);
    if (told.add(where)) {
      log.error("{} failed on {}; it becomes a dead letter", processor, source, exception);
    } else {
      log.error("{} failed on {} as before: {}; a dead letter too", processor, source, where);
    }
  }
}
