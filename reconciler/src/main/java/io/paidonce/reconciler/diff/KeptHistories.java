package io.paidonce.reconciler.diff;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.paidonce.reconciler.replay.Tally;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What a build made of kept traffic, in a file: the other build need not be there any more. Of the
 * same traffic only: its answers are read in the order of the questions.
 */
public final class KeptHistories implements Build {

  private final String name;
  private final Lines lines;
  private long answered;

  private KeptHistories(String name, Lines lines) {
    this.name = name;
    this.lines = lines;
  }

  /** Opens one that {@link #write} wrote. */
  public static KeptHistories open(Path file) throws IOException {
    return new KeptHistories(
        file.toString(), new Lines(new GZIPInputStream(Files.newInputStream(file), 1 << 16)));
  }

  /**
   * Writes what this build makes of traffic.
   *
   * @return how many records it folded
   */
  public static long write(Traffic traffic, Path file) throws IOException {
    Fold fold = new Fold();
    long[] count = new long[1];
    try (OutputStream out =
        new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(file)), 1 << 16)) {
      out.write((FoldServer.hello() + "\n").getBytes(UTF_8));
      traffic.each(
          new Traffic.Sink() {
            @Override
            public void record(ConsumerRecord<byte[], byte[]> record, boolean isCompared) {
              try {
                out.write(fold.take(record));
                count[0]++;
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }

            @Override
            public void end(TopicPartition partition) {
              fold.forget(partition, null);
            }
          },
          new Tally());
      out.write(("{\"end\":" + count[0] + "}\n").getBytes(UTF_8));
    }
    return count[0];
  }

  @Override
  public void meet() throws IOException {
    Protocol.requireFold(next(), name);
  }

  @Override
  public byte[] answer() throws IOException {
    answered++;
    return next();
  }

  @Override
  public void end() throws IOException {
    JsonNode end = Protocol.tree(next(), name).path("end");
    if (end.asLong(-1) != answered) {
      throw new IOException(name + " was not made of this traffic: it holds more records");
    }
  }

  private byte[] next() throws IOException {
    byte[] line = lines.next();
    if (line == null) {
      throw new IOException(name + " was not made of this traffic, or is cut off");
    }
    return line;
  }

  @Override
  public void tell(ConsumerRecord<byte[], byte[]> record) {}

  @Override
  public void forget(TopicPartition of, @Nullable String key) {}

  @Override
  public void flush() {}

  @Override
  public void finish() {}

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException("closing " + name, e);
    }
  }
}
