package io.paidonce.gateway;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Addresses that have their first bits in common, such as {@code 101.226.103.0/25}; one address is
 * a range too. IPv4 written in IPv6 is IPv4.
 */
record AddressRange(InetAddress first, int bits) {

  private static final int MAPPED_BITS = 96;

  /** Empty where the text is no range: no address, too many bits, or bits set behind them. */
  static Optional<AddressRange> parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    Optional<InetAddress> first = SourceAddress.parse(address);
    if (first.isEmpty()) {
      return Optional.empty();
    }
    int most = 8 * first.get().getAddress().length;
    int bits = most;
    if (slash >= 0) {
      String written = text.substring(slash + 1);
      if (!written.matches("[0-9]{1,3}")) {
        return Optional.empty();
      }
      boolean mapped = most == 32 && address.indexOf(':') >= 0;
      bits = Integer.parseInt(written) - (mapped ? MAPPED_BITS : 0);
    }
    if (bits < 0 || bits > most) {
      return Optional.empty();
    }
    AddressRange range = new AddressRange(first.get(), bits);
    return range.isClean() ? Optional.of(range) : Optional.empty();
  }

  boolean contains(InetAddress address) {
    byte[] one = first.getAddress();
    byte[] other = address.getAddress();
    if (one.length != other.length) {
      return false;
    }
    for (int i = 0; i < one.length; i++) {
      int mask = mask(i);
      if ((one[i] & mask) != (other[i] & mask)) {
        return false;
      }
    }
    return true;
  }

  // 10.0.0.1/8 is most often one address too many bits short of what was meant.
  private boolean isClean() {
    byte[] address = first.getAddress();
    for (int i = 0; i < address.length; i++) {
      if ((address[i] & ~mask(i) & 0xff) != 0) {
        return false;
      }
    }
    return true;
  }

  private int mask(int index) {
    int inThisByte = Math.max(0, Math.min(8, bits - 8 * index));
    return (0xff << (8 - inThisByte)) & 0xff;
  }

  @Override
  public String toString() {
    return first.getHostAddress() + "/" + bits;
  }
}
