package io.paidonce.gateway;

import static java.util.Objects.requireNonNull;

import io.paidonce.providers.Problems;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the gateway meets whoever connects; each field stands under {@code gateway} itself.
 *
 * @param tls what is shown by TLS; plain HTTP/1.1 without it, for a proxy that speaks TLS
 * @param trustedProxies ranges of our own proxies, whose X-Forwarded-For is believed
 * @param allowFrom from where callbacks are taken; from everywhere where it has no entry
 * @param failures how much that nobody signed one source may send
 * @param shopLimits what the callbacks of one shop may take
 * @param handshakes requests with which providers try an address; none are answered without
 */
public record DoorConfig(
    @Nullable TlsConfig tls,
    List<String> trustedProxies,
    List<AllowedSources> allowFrom,
    FailureLimits failures,
    ShopLimits shopLimits,
    List<HandshakeConfig> handshakes) {

  public DoorConfig {
    requireNonNull(failures, "failures");
    requireNonNull(shopLimits, "shopLimits");
    trustedProxies = List.copyOf(trustedProxies);
    allowFrom = List.copyOf(allowFrom);
    handshakes = List.copyOf(handshakes);
  }

  static DoorConfig bind(
      @Nullable TlsConfig tls,
      @Nullable List<String> trustedProxies,
      @Nullable List<AllowedSources> allowFrom,
      @Nullable FailureLimits failures,
      @Nullable ShopLimits shopLimits,
      @Nullable List<HandshakeConfig> handshakes) {
    return new DoorConfig(
        tls,
        trustedProxies == null ? List.of() : trustedProxies,
        allowFrom == null ? List.of() : allowFrom,
        failures == null ? FailureLimits.standard() : failures,
        shopLimits == null ? ShopLimits.standard() : shopLimits,
        handshakes == null ? List.of() : handshakes);
  }

  /** All of it left out. */
  public static DoorConfig standard() {
    return bind(null, null, null, null, null, null);
  }

  /** That shows a certificate. */
  public DoorConfig withTls(TlsConfig shown) {
    return new DoorConfig(shown, trustedProxies, allowFrom, failures, shopLimits, handshakes);
  }

  void check(Problems problems) {
    if (tls != null) {
      Optional<TlsIdentity> unusedIdentity = TlsIdentity.read(tls, problems.in("tls"));
    }
    Sources unusedSources = Sources.of(this, problems);
    failures.check(problems.in("failures"));
    shopLimits.check(problems.in("shopLimits"));
    Handshakes unusedHandshakes = Handshakes.of(handshakes, problems.in("handshakes"));
  }
}
