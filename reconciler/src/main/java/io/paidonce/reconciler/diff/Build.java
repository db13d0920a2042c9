package io.paidonce.reconciler.diff;

import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Another build, as far as it can be asked: told records by one thread, read by another. What it
 * was told first it answers first.
 */
public interface Build extends AutoCloseable {

  /** Waits for its first word and checks that it speaks as we do. */
  void meet() throws IOException;

  /** Has a record folded. */
  void tell(ConsumerRecord<byte[], byte[]> record) throws IOException;

  /** Lets it forget a partition, or a key of it. */
  void forget(TopicPartition of, @Nullable String key) throws IOException;

  /** Asks for the answers to all that it was told. */
  void flush() throws IOException;

  /** There is nothing more to be told. */
  void finish() throws IOException;

  /** The next line of history, without its end. */
  byte[] answer() throws IOException;

  /** All answers are read; checks that nothing is left over. */
  void end() throws IOException;

  /** Ends it, whatever it does. */
  @Override
  void close();
}
