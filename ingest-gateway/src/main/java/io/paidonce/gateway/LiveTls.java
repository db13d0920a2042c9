package io.paidonce.gateway;

import io.paidonce.providers.Problems;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The certificate that is shown just now, and the servers that show it. A new one counts for new
 * connections; those that are open end with the one they began with.
 */
final class LiveTls {

  private static final Set<String> PROTOCOLS = Set.of("TLSv1.3", "TLSv1.2");
  private static final List<String> ALPN = List.of("h2", "http/1.1");

  private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
  private volatile @Nullable TlsIdentity current;

  private LiveTls(@Nullable TlsIdentity first) {
    this.current = first;
  }

  /** Plain HTTP, where a proxy before the gateway speaks TLS. */
  static LiveTls off() {
    return new LiveTls(null);
  }

  /**
   * Off where nothing is configured. Reports only what goes by the clock: {@link
   * GatewayConfig#check} has told the rest.
   */
  static LiveTls open(@Nullable TlsConfig config, Instant now, Problems problems) {
    Optional<TlsIdentity> identity = identity(config);
    identity.ifPresent(read -> read.checkDates(now, problems));
    return new LiveTls(identity.orElse(null));
  }

  private static Optional<TlsIdentity> identity(@Nullable TlsConfig config) {
    return config == null ? Optional.empty() : TlsIdentity.read(config, Problems.none());
  }

  /**
   * What is to be shown instead, by a configuration that was checked; empty where it is shown
   * already. One that has expired meanwhile keeps nobody from changing something else.
   */
  Optional<TlsIdentity> next(@Nullable TlsConfig config, Instant now, Problems problems) {
    TlsIdentity shown = current;
    if (shown == null) {
      return Optional.empty();
    }
    Optional<TlsIdentity> next = identity(config).filter(read -> !read.isSameAs(shown));
    next.ifPresent(read -> read.checkDates(now, problems));
    return next;
  }

  boolean isOn() {
    return current != null;
  }

  /** The certificate's last moment; empty where there is none. */
  Optional<Instant> until() {
    return Optional.ofNullable(current).map(TlsIdentity::until);
  }

  /** Has a server speak TLS, where it is on. */
  void prepare(HttpServerOptions options, Duration handshake) {
    TlsIdentity shown = current;
    if (shown != null) {
      options
          .setSsl(true)
          .setUseAlpn(true)
          .setKeyCertOptions(shown.options())
          .setEnabledSecureTransportProtocols(PROTOCOLS)
          .setSslHandshakeTimeout(handshake.toMillis())
          .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    }
  }

  /** Has a server that listens show the next certificates too. */
  void keep(HttpServer server) {
    servers.add(server);
  }

  /** Shows another certificate from the next connection on. */
  Future<?> replace(TlsIdentity next, Duration handshake) {
    PemKeyCertOptions shown = next.options();
    return Future.all(
            servers.stream()
                .map(server -> server.updateSSLOptions(options(shown, handshake), true))
                .toList())
        .onSuccess(all -> current = next);
  }

  private static ServerSSLOptions options(PemKeyCertOptions shown, Duration handshake) {
    return new ServerSSLOptions()
        .setKeyCertOptions(shown)
        .setUseAlpn(true)
        .setApplicationLayerProtocols(ALPN)
        .setEnabledSecureTransportProtocols(PROTOCOLS)
        .setSslHandshakeTimeout(handshake.toMillis())
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
  }
}
