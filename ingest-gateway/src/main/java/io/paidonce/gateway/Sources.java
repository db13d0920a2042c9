package io.paidonce.gateway;

import io.paidonce.contract.Rejection;
import io.paidonce.providers.CallbackProtocol;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Protocols;
import io.paidonce.providers.Verdict.Refused;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where callbacks come from, and from where they are taken. Off unless configured. */
final class Sources {

  private final TrustedProxies proxies;
  private final Map<String, List<AddressRange>> allowed;

  private Sources(TrustedProxies proxies, Map<String, List<AddressRange>> allowed) {
    this.proxies = proxies;
    this.allowed = Map.copyOf(allowed);
  }

  /** Reports what is wrong with any of it. */
  static Sources of(DoorConfig config, Problems problems) {
    List<AddressRange> proxies = ranges(config.trustedProxies(), problems.in("trustedProxies"));
    Map<String, List<AddressRange>> allowed = new HashMap<>();
    for (int i = 0; i < config.allowFrom().size(); i++) {
      AllowedSources entry = config.allowFrom().get(i);
      Problems here = problems.in("allowFrom").at(i);
      List<AddressRange> ranges = ranges(withPublished(entry, here), here.in("ranges"));
      if (entry.ranges().isEmpty()) {
        here.in("ranges").add("names nobody, so nothing would be taken; leave the entry out");
      }
      if (allowed.putIfAbsent(name(entry.protocol(), entry.account()), ranges) != null) {
        here.add("is about the same callbacks as an entry before it; keep one");
      }
    }
    return new Sources(new TrustedProxies(proxies), allowed);
  }

  static Sources of(List<AddressRange> proxies, Map<String, List<AddressRange>> allowed) {
    return new Sources(new TrustedProxies(proxies), allowed);
  }

  private static List<String> withPublished(AllowedSources entry, Problems problems) {
    Optional<CallbackProtocol<?>> protocol = Protocols.byId(entry.protocol());
    if (protocol.isEmpty()) {
      problems.in("protocol").add("is " + entry.protocol() + ", which is no protocol");
      return List.of();
    }
    List<String> written = new ArrayList<>(entry.ranges());
    if (written.remove(AllowedSources.PUBLISHED)) {
      List<String> published = protocol.get().publishedSources();
      if (published.isEmpty()) {
        problems
            .in("ranges")
            .add("can't be published: the provider publishes none; name them, or leave it out");
      }
      written.addAll(published);
    }
    return written;
  }

  private static List<AddressRange> ranges(List<String> written, Problems problems) {
    List<AddressRange> ranges = new ArrayList<>();
    for (int i = 0; i < written.size(); i++) {
      Optional<AddressRange> range = AddressRange.parse(written.get(i));
      if (range.isEmpty()) {
        problems
            .at(i)
            .add("should be a range such as 10.0.0.0/8 or 2001:db8::/32, no bit set behind it");
      }
      range.ifPresent(ranges::add);
    }
    return ranges;
  }

  private static String name(String protocol, @Nullable String account) {
    return account == null ? protocol : protocol + "/" + account;
  }

  /** Whether nobody is kept out, so that nobody need be looked at. */
  boolean takesFromAnywhere() {
    return allowed.isEmpty();
  }

  /** Where a request came from, by the word of nobody but our own proxies. */
  InetAddress source(InetAddress peer, List<String> forwardedFor) {
    return proxies.source(peer, forwardedFor);
  }

  /** Why callbacks of an account are not taken from there; empty where they are. */
  Optional<Refused> refusal(Route route, InetAddress source) {
    List<AddressRange> own = allowed.get(name(route.protocol(), route.account()));
    List<AddressRange> ranges = own == null ? allowed.get(route.protocol()) : own;
    if (ranges == null || ranges.stream().anyMatch(range -> range.contains(source))) {
      return Optional.empty();
    }
    return Optional.of(
        new Refused(
            Rejection.SOURCE_NOT_ALLOWED,
            "it came from "
                + source.getHostAddress()
                + "; gateway.allowFrom takes callbacks of "
                + (own == null ? route.protocol() : route.protocol() + "/" + route.account())
                + " from "
                + ranges.stream().map(AddressRange::toString).collect(Collectors.joining(", "))
                + " (a new address of the provider, or a proxy that is not among"
                + " gateway.trustedProxies? Its body was not read)"));
  }
}
