package io.paidonce.reconciler.diff;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.Topic;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What a build offers to the one that compares: lines of traffic in, a line of history out for each
 * record, in the same order. The first line out says which protocol this is. An empty line in asks
 * for all answers so far.
 */
public final class FoldServer {

  /** Grows only when a build can no longer talk to one of the version before. */
  static final int PROTOCOL = 1;

  private static final int BUFFER = 1 << 16;

  private FoldServer() {}

  /**
   * Answers until the input ends.
   *
   * @throws IOException if a line is no line of traffic, naming its number
   */
  public static void serve(InputStream in, OutputStream to) throws IOException {
    OutputStream out = new BufferedOutputStream(to, BUFFER);
    out.write((hello() + "\n").getBytes(UTF_8));
    out.flush();
    Fold fold = new Fold();
    Lines lines = new Lines(in);
    byte[] line;
    while ((line = lines.next()) != null) {
      if (line.length == 0) {
        out.flush();
      } else {
        answer(fold, parse(line, lines.count()), out);
      }
    }
    out.flush();
  }

  private static TrafficLine parse(byte[] line, long number) throws IOException {
    try {
      return TrafficLine.parse(line);
    } catch (IOException e) {
      throw new IOException("line " + number + ": " + e.getMessage(), e);
    }
  }

  private static void answer(Fold fold, TrafficLine line, OutputStream out) throws IOException {
    ConsumerRecord<byte[], byte[]> record = line.record();
    TopicPartition forgotten = line.forgotten();
    if (record != null) {
      out.write(fold.take(record));
    } else if (forgotten != null) {
      fold.forget(forgotten, line.key());
    }
  }

  /** The line that a build of this protocol begins with. */
  static String hello() {
    return "{\"fold\":"
        + PROTOCOL
        + ",\"topics\":{"
        + TrafficLine.TOPICS.stream().map(FoldServer::schema).collect(Collectors.joining(","))
        + "}}";
  }

  private static String schema(Topic<?> topic) {
    return "\"" + topic.name() + "\":" + topic.schema();
  }
}
