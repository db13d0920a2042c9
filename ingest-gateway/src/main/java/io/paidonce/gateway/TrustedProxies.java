package io.paidonce.gateway;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whose word on where a request came from is taken. Anybody can write {@code X-Forwarded-For}; what
 * a proxy of ours added stands at its right end, so it is read from there, over hops that are ours,
 * to the first that is not.
 */
record TrustedProxies(List<AddressRange> ranges) {

  TrustedProxies {
    ranges = List.copyOf(ranges);
  }

  /** Nobody's. */
  static TrustedProxies none() {
    return new TrustedProxies(List.of());
  }

  /**
   * Where a request came from.
   *
   * @param peer who is connected to us
   * @param forwardedFor every value of the header, in order
   */
  InetAddress source(InetAddress peer, List<String> forwardedFor) {
    if (!trusts(peer)) {
      return peer;
    }
    List<String> hops = new ArrayList<>();
    for (String value : forwardedFor) {
      hops.addAll(List.of(value.split(",", -1)));
    }
    InetAddress source = peer;
    for (int i = hops.size() - 1; i >= 0; i--) {
      Optional<InetAddress> hop = SourceAddress.parseHop(hops.get(i).strip());
      if (hop.isEmpty()) {
        // Not what our proxies write: nothing of it is believed.
        return peer;
      }
      source = hop.get();
      if (!trusts(source)) {
        return source;
      }
    }
    return source;
  }

  private boolean trusts(InetAddress address) {
    return ranges.stream().anyMatch(range -> range.contains(address));
  }
}
