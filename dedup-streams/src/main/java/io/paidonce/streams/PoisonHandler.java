package io.paidonce.streams;

import io.paidonce.contract.DeadLetter;
import io.paidonce.contract.DeadLetterReason;
import io.paidonce.contract.EventHead;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a defect of ours from stopping a partition: the record that meets it becomes a dead letter
 * in the same transaction as its offset. A broken world (broker, disk, store) is no property of the
 * record and is not caught here.
 */
public final class PoisonHandler implements ProcessingExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(PoisonHandler.class);

  @Override
  public void configure(Map<String, ?> configs) {
    // Nothing to configure: what is poison does not depend on the installation.
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
    log.error("processing {} failed; it becomes a dead letter", source, exception);
    DeadLetter letter =
        new DeadLetter(
            DeadLetter.SCHEMA,
            DeadLetterReason.PROCESSING_FAILED,
            // The class only: an exception's message may quote the content.
            context.processorNodeId() + ": " + exception.getClass().getSimpleName(),
            source,
            source.topic(),
            key == null ? null : RawBytes.of(key),
            Map.of(),
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
                null));
    return Response.resume(
        List.of(new ProducerRecord<>(kept.topic(), null, null, key, kept.value(), kept.headers())));
  }
}
