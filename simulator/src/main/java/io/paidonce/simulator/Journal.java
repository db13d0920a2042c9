package io.paidonce.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.paidonce.contract.EventHeaders;
import io.paidonce.providers.CallbackSigner.PaidNotice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was sent and what was answered, one JSON line an event, in a file that only grows. An
 * attempt is on disk before it is on the wire; only an attempt answered {@code ok} obliges anybody.
 */
public final class Journal implements AutoCloseable {

  private final JsonMapper json = new JsonMapper();
  private final Object writing = new Object();
  private final Object forcing = new Object();
  private final FileChannel file;
  private long written;
  private volatile long forced;

  private Journal(FileChannel file) {
    this.file = file;
  }

  /** Opens a file, new or grown before. */
  public static Journal open(Path path) throws IOException {
    return new Journal(
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
  }

  /** Returns when the line is on disk. */
  void invoke(Attempt attempt) {
    SimulatedAccount account = attempt.delivery().account();
    PaidNotice notice = attempt.delivery().notice().payment();
    Map<String, Object> line = line("invoke", attempt.id(), attempt.at());
    line.put("protocol", account.dialect().protocol());
    line.put("account", account.id());
    line.put("transactionId", notice.transactionId());
    line.put("orderNo", notice.orderNo());
    line.put("shop", account.shop());
    line.put("kind", attempt.disguise().journalKind());
    line.put("bodySha256", EventHeaders.sha256Hex(attempt.callback().body().bytes()));
    force(append(line));
  }

  /**
   * Not forced: an {@code ok} that a crash takes away only makes the check milder, never wrong.
   *
   * @param status the HTTP status; absent where there was no answer
   */
  void outcome(UUID attempt, Outcome outcome, Instant at, @Nullable Integer status) {
    Map<String, Object> line = line(outcome.journalEvent(), attempt, at);
    if (status != null) {
      line.put("status", status);
    }
    append(line);
  }

  @Override
  public void close() throws IOException {
    file.force(true);
    file.close();
  }

  private static Map<String, Object> line(String event, UUID attempt, Instant at) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("event", event);
    line.put("attempt", attempt.toString());
    line.put("at", at.toString());
    return line;
  }

  private long append(Map<String, Object> line) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap((json.writeValueAsString(line) + "\n").getBytes(UTF_8));
      synchronized (writing) {
        while (bytes.hasRemaining()) {
          written += file.write(bytes);
        }
        return written;
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of texts can't be written as JSON", e);
    } catch (IOException e) {
      throw new UncheckedIOException("the journal can't be written", e);
    }
  }

  // Whoever comes while another forces finds, when it is his turn, that he was taken along or that
  // one more force serves all who waited with him.
  private void force(long upTo) {
    synchronized (forcing) {
      if (forced >= upTo) {
        return;
      }
      long reached;
      synchronized (writing) {
        reached = written;
      }
      try {
        file.force(false);
      } catch (IOException e) {
        throw new UncheckedIOException("the journal can't be forced to disk", e);
      }
      forced = reached;
    }
  }
}
