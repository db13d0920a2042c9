package io.paidonce.gateway;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.paidonce.contract.Topic;
import io.paidonce.providers.Problems;
import org.jspecify.annotations.Nullable;

/**
 * What one gateway takes on at once. Whatever is above is refused early, never queued.
 *
 * @param maxBodyBytes largest body of one callback
 * @param maxInFlightBytes bodies being read, judged or stored, all together
 * @param bodyTimeoutMs from a request's head until its body is whole, milliseconds
 * @param maxConnections open connections
 */
public record Limits(
    int maxBodyBytes, int maxInFlightBytes, int bodyTimeoutMs, int maxConnections) {

  /** What a request in flight holds besides its body: head, headers, timers. */
  static final int OVERHEAD_BYTES = 1024;

  // A record holds the body in Base64 (4/3), and the facts and headers beside it.
  private static final int FACTS_BYTES = 32_768;
  private static final int LARGEST_BODY = (Topic.MAX_MESSAGE_BYTES - FACTS_BYTES) / 4 * 3;
  // In Base64 they must fit the producer's buffer, or sending would wait for room in it.
  private static final int LARGEST_IN_FLIGHT = ProducerSettings.BUFFER_BYTES / 4 * 3;

  /** The limits for what is left out. */
  public static Limits standard() {
    return new Limits(65_536, 16 * 1024 * 1024, 5_000, 4_096);
  }

  @JsonCreator
  static Limits bind(
      @JsonProperty("maxBodyBytes") @Nullable Integer maxBodyBytes,
      @JsonProperty("maxInFlightBytes") @Nullable Integer maxInFlightBytes,
      @JsonProperty("bodyTimeoutMs") @Nullable Integer bodyTimeoutMs,
      @JsonProperty("maxConnections") @Nullable Integer maxConnections) {
    Limits standard = standard();
    return new Limits(
        maxBodyBytes == null ? standard.maxBodyBytes : maxBodyBytes,
        maxInFlightBytes == null ? standard.maxInFlightBytes : maxInFlightBytes,
        bodyTimeoutMs == null ? standard.bodyTimeoutMs : bodyTimeoutMs,
        maxConnections == null ? standard.maxConnections : maxConnections);
  }

  void check(Problems problems) {
    within(problems, "maxBodyBytes", maxBodyBytes, 1_024, LARGEST_BODY, "bytes");
    int oneBody = Math.min(Math.max(maxBodyBytes, 0), LARGEST_BODY) + OVERHEAD_BYTES;
    within(problems, "maxInFlightBytes", maxInFlightBytes, oneBody, LARGEST_IN_FLIGHT, "bytes");
    within(problems, "bodyTimeoutMs", bodyTimeoutMs, 100, 60_000, "milliseconds");
    within(problems, "maxConnections", maxConnections, 1, 1_000_000, "connections");
  }

  static void within(Problems problems, String field, int value, int least, int most, String unit) {
    if (value < least || value > most) {
      problems
          .in(field)
          .add("is " + value + " " + unit + "; it must be " + least + " to " + most + " " + unit);
    }
  }
}
