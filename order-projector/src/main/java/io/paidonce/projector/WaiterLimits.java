package io.paidonce.projector;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * How many may wait for orders at one instance at once, by long poll or by events. Each costs a
 * connection and a few kilobytes.
 *
 * @param max all together
 * @param maxPerToken with one token, so that no shop takes the places of the others
 */
public record WaiterLimits(int max, int maxPerToken) {

  public static final WaiterLimits DEFAULT = new WaiterLimits(5_000, 1_000);
  private static final int MOST = 100_000;

  public WaiterLimits {
    if (max < 1 || max > MOST || maxPerToken < 1 || maxPerToken > max) {
      throw new IllegalArgumentException(
          "max is "
              + max
              + " and maxPerToken "
              + maxPerToken
              + "; max must be from 1 to "
              + MOST
              + ", and maxPerToken from 1 to max");
    }
  }

  @JsonCreator
  static WaiterLimits bind(
      @JsonProperty("max") @Nullable Integer max,
      @JsonProperty("maxPerToken") @Nullable Integer maxPerToken) {
    int most = max == null ? DEFAULT.max() : max;
    return new WaiterLimits(
        most, maxPerToken == null ? Math.min(DEFAULT.maxPerToken(), most) : maxPerToken);
  }
}
