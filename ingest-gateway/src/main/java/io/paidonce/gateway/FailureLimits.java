package io.paidonce.gateway;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.paidonce.providers.Problems;
import org.jspecify.annotations.Nullable;

/**
 * How much that nobody signed one source may send before it is served behind the others.
 *
 * @param burst so many at once
 * @param perSecond so many a second after that
 * @param sources how many sources are remembered
 * @param waiting how many requests of such sources may wait, all together; of one source a quarter
 */
public record FailureLimits(int burst, int perSecond, int sources, int waiting) {

  private static final FailureLimits STANDARD = new FailureLimits(20, 1, 8_192, 512);

  /** The limits for what is left out. */
  public static FailureLimits standard() {
    return STANDARD;
  }

  @JsonCreator
  static FailureLimits bind(
      @JsonProperty("burst") @Nullable Integer burst,
      @JsonProperty("perSecond") @Nullable Integer perSecond,
      @JsonProperty("sources") @Nullable Integer sources,
      @JsonProperty("waiting") @Nullable Integer waiting) {
    return new FailureLimits(
        burst == null ? STANDARD.burst : burst,
        perSecond == null ? STANDARD.perSecond : perSecond,
        sources == null ? STANDARD.sources : sources,
        waiting == null ? STANDARD.waiting : waiting);
  }

  int waitingOfOne() {
    return Math.max(1, waiting / 4);
  }

  void check(Problems problems) {
    Limits.within(problems, "burst", burst, 1, 1_000_000, "failures");
    Limits.within(problems, "perSecond", perSecond, 1, 1_000_000, "failures a second");
    Limits.within(problems, "sources", sources, 16, 1_000_000, "sources");
    Limits.within(problems, "waiting", waiting, 4, 100_000, "requests");
  }
}
