package io.paidonce.reconciler.diff;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.paidonce.reconciler.replay.Tally;
import io.paidonce.reconciler.replay.UntellableException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Kept traffic: gzip, one line of JSON for each record between a first line that says what it is
 * and a last one that says how many there were.
 *
 * @param file where it is
 */
public record TrafficFile(Path file) implements Traffic {

  private static final int VERSION = 1;

  @Override
  public Map<String, Long> each(Sink sink, Tally tally) {
    try (Lines lines = new Lines(new GZIPInputStream(Files.newInputStream(file), 1 << 16))) {
      byte[] line = lines.next();
      if (line == null
          || Protocol.tree(line, file.toString()).path("traffic").asInt(-1) != VERSION) {
        throw new UntellableException(
            file + " is no file of traffic of version " + VERSION + ", as diff --keep writes it",
            null);
      }
      long records = 0;
      while ((line = lines.next()) != null) {
        JsonNode end = isLast(line) ? Protocol.tree(line, file.toString()).path("end") : null;
        if (end != null) {
          if (end.asLong(-1) != records || lines.next() != null) {
            break;
          }
          return Map.of();
        }
        records += show(TrafficLine.parse(line), sink);
      }
      throw new UntellableException(
          file + " is cut off or was put together: its last line does not fit it", null);
    } catch (IOException e) {
      throw new UntellableException(file + " can't be read: " + e.getMessage(), e);
    }
  }

  private static boolean isLast(byte[] line) {
    return line.length < 64 && new String(line, UTF_8).startsWith("{\"end\":");
  }

  private static int show(TrafficLine line, Sink sink) {
    ConsumerRecord<byte[], byte[]> record = line.record();
    TopicPartition ended = line.forgotten();
    if (record != null) {
      sink.record(record, true);
      return 1;
    }
    if (ended != null) {
      sink.end(ended);
    }
    return 0;
  }

  /**
   * Writes traffic into the file, which is there as a whole or not at all.
   *
   * @return how many records it holds, and what else is worth saying
   */
  public Map<String, Long> write(Traffic traffic, Tally tally) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    long[] count = new long[1];
    Map<String, Long> notes;
    try (OutputStream out =
        new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(part)), 1 << 16)) {
      out.write(("{\"traffic\":" + VERSION + "}\n").getBytes(UTF_8));
      notes =
          traffic.each(
              new Sink() {
                @Override
                public void record(ConsumerRecord<byte[], byte[]> record, boolean isCompared) {
                  put(out, TrafficLine.of(record));
                  count[0]++;
                }

                @Override
                public void end(TopicPartition partition) {
                  put(out, TrafficLine.forget(partition, null));
                }
              },
              tally);
      out.write(("{\"end\":" + count[0] + "}\n").getBytes(UTF_8));
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(part);
      throw e;
    }
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    Map<String, Long> all = new TreeMap<>(notes);
    all.put("records kept", count[0]);
    return all;
  }

  private static void put(OutputStream out, byte[] line) {
    try {
      out.write(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
