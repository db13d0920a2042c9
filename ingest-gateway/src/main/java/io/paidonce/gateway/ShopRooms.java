package io.paidonce.gateway;

import io.paidonce.providers.RateLimit;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How much of the gateway each shop takes just now. Shops are configured, so they are few. */
final class ShopRooms {

  private final ShopLimits limits;
  private final Clock clock;
  private final Map<String, Room> rooms = new ConcurrentHashMap<>();

  ShopRooms(ShopLimits limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /** One shop's. */
  private static final class Room {
    private final int most;
    private final int perSecond;
    private int inFlight;
    private RateLimit rate;

    Room(ShopLimits.ShopLimit limit, Instant now) {
      this.most = limit.inFlight();
      this.perSecond = limit.perSecond();
      this.rate = RateLimit.perSecond(Math.max(1, perSecond), Math.max(1, perSecond), now);
    }

    synchronized boolean enter(Clock clock) {
      if (inFlight >= most) {
        return false;
      }
      if (perSecond > 0) {
        Instant now = clock.instant();
        if (!rate.allows(now)) {
          return false;
        }
        rate = rate.asked(now);
      }
      inFlight++;
      return true;
    }

    synchronized void leave() {
      inFlight--;
    }
  }

  /** Takes room until the exchange is over, or takes none and says no. */
  boolean enter(String shop, Exchange exchange) {
    Room room = rooms.computeIfAbsent(shop, id -> new Room(limits.of(id), clock.instant()));
    if (!room.enter(clock)) {
      return false;
    }
    exchange.whenOver(room::leave);
    return true;
  }
}
