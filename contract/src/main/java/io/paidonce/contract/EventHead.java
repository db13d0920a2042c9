package io.paidonce.contract;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The CloudEvents attributes of one record.
 *
 * @param id unique with {@code source}
 * @param source who wrote it, such as {@code /paidonce/ingest-gateway}
 * @param time our clock when its cause was received
 * @param traceparent W3C trace context; absent where there is none
 */
public record EventHead(String id, String source, Instant time, @Nullable String traceparent) {

  public EventHead {
    requireNonNull(id, "id");
    requireNonNull(source, "source");
    requireNonNull(time, "time");
  }
}
