package io.paidonce.gateway;

import io.paidonce.providers.RateLimit;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which sources have sent so much that nobody signed that they are served behind the others. Only
 * failures are remembered, of an IPv4 address or an IPv6 /64 together, and of a fixed number of
 * sources: a newer one takes the place of the one that was quiet longest. Threads share it.
 */
final class FailingSources {

  private static final int BYTES_OF_A_NETWORK = 8;

  private final FailureLimits limits;
  private final Clock clock;
  private final Map<InetAddress, RateLimit> failures;
  private volatile boolean any;

  FailingSources(FailureLimits limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
    this.failures = new Remembered(limits.sources());
  }

  /** By when they were last looked at; the eldest makes room. */
  private static final class Remembered extends LinkedHashMap<InetAddress, RateLimit> {

    private static final long serialVersionUID = 1L;

    private final int most;

    Remembered(int most) {
      super(16, 0.75f, true);
      this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<InetAddress, RateLimit> eldest) {
      return size() > most;
    }
  }

  /** Whether anybody has failed at all; while nobody has, no source need be looked at. */
  boolean any() {
    return any;
  }

  synchronized boolean isExhausted(InetAddress source) {
    RateLimit limit = failures.get(networkOf(source));
    return limit != null && !limit.allows(clock.instant());
  }

  /** It sent something that nobody signed. */
  synchronized void failed(InetAddress source) {
    Instant now = clock.instant();
    RateLimit limit =
        failures.getOrDefault(
            networkOf(source), RateLimit.perSecond(limits.perSecond(), limits.burst(), now));
    if (limit.allows(now)) {
      failures.put(networkOf(source), limit.asked(now));
    }
    any = true;
  }

  /** How many are remembered. */
  synchronized int size() {
    return failures.size();
  }

  /** What is one source: whoever has one address of a /64 has all of them. */
  static InetAddress networkOf(InetAddress source) {
    if (!(source instanceof Inet6Address)) {
      return source;
    }
    byte[] network = source.getAddress();
    Arrays.fill(network, BYTES_OF_A_NETWORK, network.length, (byte) 0);
    try {
      return InetAddress.getByAddress(network);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("16 bytes are an address", e);
    }
  }
}
