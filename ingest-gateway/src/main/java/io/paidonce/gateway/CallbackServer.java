package io.paidonce.gateway;

import io.paidonce.contract.Rejection;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The door for callbacks, or that for commands: HTTP/1.1 with tight limits, one server for each
 * event loop.
 */
final class CallbackServer {

  // WeChat's headers are about 1 KiB; proxies add theirs.
  private static final int MAX_HEADER_BYTES = 8_192;
  private static final int MAX_LINE_BYTES = 2_048;

  private final Vertx vertx;
  private final int door;
  private final Endpoint endpoint;
  private final int eventLoops;
  private final Consumer<Exchange> handler;
  private final InFlight inFlight;
  private final GatewayMetrics metrics;
  private final Limits limits;
  private final Timings timings;
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
      Timings timings) {
    this.vertx = vertx;
    this.door = door;
    this.endpoint = endpoint;
    this.eventLoops = eventLoops;
    this.handler = handler;
    this.inFlight = inFlight;
    this.metrics = metrics;
    this.limits = limits;
    this.timings = timings;
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
    return vertx
        .createHttpServer(options())
        .connectionHandler(guard::opened)
        .invalidRequestHandler(this::refuseInvalid)
        .requestHandler(
            request -> {
              guard.headArrived(request);
              handler.accept(new Exchange(vertx, context, request, inFlight, timings.linger()));
            })
        .listen(address())
        .onSuccess(this::rememberPort);
  }

  private HttpServerOptions options() {
    return new HttpServerOptions()
        .setHttp2ClearTextEnabled(false)
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

  private void rememberPort(HttpServer server) {
    port.set(server.actualPort());
  }
}
