package io.paidonce.gateway;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.paidonce.providers.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the callbacks of one shop may take, so that its flood does not take the others' room.
 *
 * @param inFlight at once; what is above is declined, and its provider tries again
 * @param perSecond on average; 0 for no such limit
 * @param shops those with limits of their own
 */
public record ShopLimits(int inFlight, int perSecond, List<ShopLimit> shops) {

  // More than a busy shop has at once while Kafka answers, less than the room for all.
  private static final int IN_FLIGHT = 2_000;

  /**
   * Of one shop.
   *
   * @param shop its id
   * @param inFlight at once
   * @param perSecond on average; 0 for no such limit
   */
  public record ShopLimit(
      @JsonProperty(required = true) String shop,
      @JsonProperty(required = true) int inFlight,
      @JsonProperty(required = true) int perSecond) {
    public ShopLimit {
      requireNonNull(shop, "shop");
    }
  }

  public ShopLimits {
    shops = List.copyOf(shops);
  }

  /** The limits for what is left out. */
  public static ShopLimits standard() {
    return bind(null, null, null);
  }

  @JsonCreator
  static ShopLimits bind(
      @JsonProperty("inFlight") @Nullable Integer inFlight,
      @JsonProperty("perSecond") @Nullable Integer perSecond,
      @JsonProperty("shops") @Nullable List<ShopLimit> shops) {
    return new ShopLimits(
        inFlight == null ? IN_FLIGHT : inFlight,
        perSecond == null ? 0 : perSecond,
        shops == null ? List.of() : shops);
  }

  ShopLimit of(String shop) {
    return shops.stream()
        .filter(limit -> limit.shop().equals(shop))
        .findFirst()
        .orElseGet(() -> new ShopLimit(shop, inFlight, perSecond));
  }

  void check(Problems problems) {
    check(inFlight, perSecond, problems);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < shops.size(); i++) {
      Problems here = problems.in("shops").at(i);
      ShopLimit limit = shops.get(i);
      check(limit.inFlight(), limit.perSecond(), here);
      if (!seen.add(limit.shop())) {
        here.in("shop").add("\"" + limit.shop() + "\" has two limits; keep one");
      }
    }
  }

  private static void check(int inFlight, int perSecond, Problems problems) {
    Limits.within(problems, "inFlight", inFlight, 1, 1_000_000, "callbacks");
    Limits.within(problems, "perSecond", perSecond, 0, 1_000_000, "callbacks a second");
  }
}
