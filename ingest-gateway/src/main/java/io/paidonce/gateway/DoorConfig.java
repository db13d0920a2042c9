package io.paidonce.gateway;

import io.paidonce.providers.Problems;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the gateway meets whoever connects; each field stands under {@code gateway} itself.
 *
 * @param tls what is shown by TLS; plain HTTP/1.1 without it, for a proxy that speaks TLS
 */
public record DoorConfig(@Nullable TlsConfig tls) {

  /** All of it left out. */
  public static DoorConfig standard() {
    return new DoorConfig(null);
  }

  void check(Problems problems) {
    if (tls != null) {
      Optional<TlsIdentity> unusedIdentity = TlsIdentity.read(tls, problems.in("tls"));
    }
  }
}
