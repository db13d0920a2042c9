package io.paidonce.reconciler;

import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Ids of questions and their answers: UUIDs of version 7, which sort by the time they were made.
 * They identify, they protect nothing, so a quick source of randomness will do.
 */
final class DeliveryIds implements Supplier<String> {

  private static final long VERSION_7 = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private final InstantSource clock;

  DeliveryIds(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public String get() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = clock.millis() << 16 | VERSION_7 | (random.nextLong() & 0x0FFFL);
    long low = VARIANT | (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL);
    return new UUID(high, low).toString();
  }
}
