package io.paidonce.gateway;

import io.paidonce.contract.Rejection;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The door for callbacks, or that for commands: HTTP/1.1, and behind TLS HTTP/2 too, with tight
 * limits, one server for each event loop.
 */
final class CallbackServer {

  // WeChat's headers are about 1 KiB; proxies add theirs.
  private static final int MAX_HEADER_BYTES = 8_192;
  private static final int MAX_LINE_BYTES = 2_048;
  // Of one HTTP/2 connection. A provider sends some at once; who wants more opens another.
  private static final long MAX_STREAMS = 64;
  private static final int STREAM_WINDOW_BYTES = 65_535;
  private static final int CONNECTION_WINDOW_BYTES = 1 << 20;
  // Streams that are begun and reset cost us work and their sender nothing (CVE-2023-44487).
  private static final int MAX_RESETS = 100;
  private static final int RESETS_WITHIN_SECONDS = 30;
  // A head in endless small pieces never is too large by its bytes (CVE-2024-27316).
  private static final int MAX_SMALL_CONTINUATIONS = 8;

  private final Vertx vertx;
  private final int door;
  private final Endpoint endpoint;
  private final int eventLoops;
  private final Consumer<Exchange> handler;
  private final InFlight inFlight;
  private final GatewayMetrics metrics;
  private final Limits limits;
  private final Timings timings;
  private final LiveTls tls;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger port = new AtomicInteger();

  /**
   * @param door tells this server's free port from another's where both may take any
   */
  CallbackServer(
      Vertx vertx,
      int door,
      Endpoint endpoint,
      int eventLoops,
      Consumer<Exchange> handler,
      InFlight inFlight,
      GatewayMetrics metrics,
      Limits limits,
      Timings timings,
      LiveTls tls) {
    this.vertx = vertx;
    this.door = door;
    this.endpoint = endpoint;
    this.eventLoops = eventLoops;
    this.handler = handler;
    this.inFlight = inFlight;
    this.metrics = metrics;
    this.limits = limits;
    this.timings = timings;
    this.tls = tls;
  }

  /** Opens the door; completes with the port. */
  Future<Integer> listen() {
    return vertx
        .deployVerticle(() -> this::listenOn, new DeploymentOptions().setInstances(eventLoops))
        .map(deployed -> port.get());
  }

  private Future<?> listenOn(Context context) {
    ConnectionGuard guard =
        new ConnectionGuard(vertx, connections, limits.maxConnections(), timings);
    ClosingConnections closing = new ClosingConnections();
    return vertx
        .createHttpServer(options())
        .connectionHandler(guard::opened)
        .invalidRequestHandler(this::refuseInvalid)
        .requestHandler(
            request -> {
              if (!closing.admit(request)) {
                return;
              }
              guard.headArrived(request);
              handler.accept(new Exchange(vertx, context, request, inFlight, timings.linger()));
            })
        .listen(address())
        .onSuccess(this::opened);
  }

  private HttpServerOptions options() {
    HttpServerOptions options = new HttpServerOptions();
    tls.prepare(options, timings.head());
    return options
        .setHttp2ClearTextEnabled(false)
        .setInitialSettings(
            new Http2Settings()
                .setMaxConcurrentStreams(MAX_STREAMS)
                .setMaxHeaderListSize(MAX_HEADER_BYTES)
                .setInitialWindowSize(STREAM_WINDOW_BYTES))
        .setHttp2ConnectionWindowSize(CONNECTION_WINDOW_BYTES)
        .setHttp2RstFloodMaxRstFramePerWindow(MAX_RESETS)
        .setHttp2RstFloodWindowDuration(RESETS_WITHIN_SECONDS)
        .setHttp2RstFloodWindowDurationTimeUnit(TimeUnit.SECONDS)
        .setHttp2MaxSmallContinuationFrames(MAX_SMALL_CONTINUATIONS)
        .setMaxHeaderSize(MAX_HEADER_BYTES)
        .setMaxInitialLineLength(MAX_LINE_BYTES)
        .setHandle100ContinueAutomatically(true)
        // The body is judged as it came, so nothing may unpack it on the way.
        .setDecompressionSupported(false);
  }

  // Any free port, but the same one for all event loops.
  private SocketAddress address() {
    return endpoint.port() == 0
        ? SocketAddress.sharedRandomPort(door, endpoint.host())
        : SocketAddress.inetSocketAddress(endpoint.port(), endpoint.host());
  }

  private void refuseInvalid(HttpServerRequest request) {
    metrics.refused("unknown", "unknown", Rejection.MALFORMED_REQUEST);
    HttpServerRequest.DEFAULT_INVALID_REQUEST_HANDLER.handle(request);
  }

  private void opened(HttpServer server) {
    port.set(server.actualPort());
    tls.keep(server);
  }
}
