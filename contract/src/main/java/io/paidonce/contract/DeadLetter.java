package io.paidonce.contract;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record that could not be processed, kept whole so that it can be driven again once the reason
 * is mended.
 *
 * @param schema version of this record's layout
 * @param reason why
 * @param detail one sentence with the field's name; never the content
 * @param source where it stands in the log; absent when it came by HTTP and never was a record
 * @param origin what it came to: a topic's name, or the callback's path
 * @param key the original key; absent where there was none
 * @param headers the original headers of ours, or the signed HTTP headers
 * @param original the original bytes
 * @param at our clock
 */
public record DeadLetter(
    @JsonProperty(required = true) int schema,
    DeadLetterReason reason,
    String detail,
    @Nullable RecordCoordinates source,
    String origin,
    @Nullable RawBytes key,
    Map<String, String> headers,
    @Nullable RawBytes original,
    Instant at) {

  public static final int SCHEMA = 1;

  public DeadLetter {
    Schema.require(schema, SCHEMA, "DeadLetter");
    requireNonNull(reason, "reason");
    requireNonNull(detail, "detail");
    requireNonNull(origin, "origin");
    requireNonNull(at, "at");
    headers = Map.copyOf(requireNonNull(headers, "headers"));
  }

  @Override
  public String toString() {
    return "DeadLetter[" + reason + ", " + detail + ", " + (source == null ? origin : source) + "]";
  }
}
