package io.paidonce.gateway;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From where callbacks of a protocol, or of one account, are taken. Never in place of a signature.
 *
 * @param protocol such as {@code wechat-v3}
 * @param account one account of it; all that have no entry of their own where it is absent
 * @param ranges such as {@code 101.226.103.0/25}; {@code published} stands for those that the
 *     provider publishes
 */
public record AllowedSources(String protocol, @Nullable String account, List<String> ranges) {

  /** What the provider publishes. */
  static final String PUBLISHED = "published";

  public AllowedSources {
    requireNonNull(protocol, "protocol");
    ranges = List.copyOf(ranges);
  }

  @JsonCreator
  static AllowedSources bind(
      @JsonProperty(value = "protocol", required = true) String protocol,
      @JsonProperty("account") @Nullable String account,
      @JsonProperty("ranges") @Nullable List<String> ranges) {
    return new AllowedSources(protocol, account, ranges == null ? List.of(PUBLISHED) : ranges);
  }
}
