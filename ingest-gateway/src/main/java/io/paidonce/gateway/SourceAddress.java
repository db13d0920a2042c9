package io.paidonce.gateway;

import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads addresses as strangers write them: strictly, and without ever asking for a name. */
final class SourceAddress {

  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:]{2,39}(" + V4.pattern() + ")?");
  private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

  private SourceAddress() {}

  /** A literal; IPv4 written in IPv6 becomes IPv4. */
  static Optional<InetAddress> parse(String text) {
    boolean literal =
        V4.matcher(text).matches() || (text.indexOf(':') >= 0 && V6.matcher(text).matches());
    if (!literal) {
      return Optional.empty();
    }
    try {
      // Both shapes are literals, for which no name is looked up.
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** Who is connected. */
  static InetAddress ofPeer(SocketAddress peer) {
    String address = String.valueOf(peer.hostAddress());
    int zone = address.indexOf('%');
    try {
      // The socket's own literal, for which no name is looked up.
      return InetAddress.getByName(zone < 0 ? address : address.substring(0, zone));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("a peer without an address: " + address, e);
    }
  }

  /** One hop of a proxy's header: some write a port behind the address, or brackets around it. */
  static Optional<InetAddress> parseHop(String hop) {
    if (hop.startsWith("[")) {
      int end = hop.indexOf(']');
      boolean whole = end > 0 && (end == hop.length() - 1 || isPort(hop.substring(end + 1)));
      return whole ? parse(hop.substring(1, end)) : Optional.empty();
    }
    int colon = hop.indexOf(':');
    boolean withPort = colon > 0 && colon == hop.lastIndexOf(':') && isPort(hop.substring(colon));
    return parse(withPort ? hop.substring(0, colon) : hop);
  }

  private static boolean isPort(String text) {
    return text.startsWith(":") && PORT.matcher(text.substring(1)).matches();
  }
}
