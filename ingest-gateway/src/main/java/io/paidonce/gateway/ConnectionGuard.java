package io.paidonce.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.IdentityHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds the connections, and how long one may be without a whole request head: a silent sender and
 * one that trickles single bytes are cut alike. Lives on one event loop, as its connections do;
 * only their number is shared.
 */
final class ConnectionGuard {

  private final Vertx vertx;
  private final AtomicInteger open;
  private final int most;
  private final Timings timings;
  private final IdentityHashMap<HttpConnection, Long> timers = new IdentityHashMap<>();

  ConnectionGuard(Vertx vertx, AtomicInteger open, int most, Timings timings) {
    this.vertx = vertx;
    this.open = open;
    this.most = most;
    this.timings = timings;
  }

  void opened(HttpConnection connection) {
    connection.closeHandler(
        v -> {
          open.decrementAndGet();
          cancel(connection);
        });
    if (open.incrementAndGet() > most) {
      connection.close();
    } else {
      cutAfter(connection, timings.head().toMillis());
    }
  }

  void headArrived(HttpServerRequest request) {
    HttpConnection connection = request.connection();
    cancel(connection);
    request
        .response()
        .endHandler(
            v -> {
              cancel(connection);
              cutAfter(connection, timings.idle().toMillis());
            });
  }

  private void cutAfter(HttpConnection connection, long millis) {
    timers.put(
        connection,
        vertx.setTimer(
            millis,
            t -> {
              timers.remove(connection);
              connection.close();
            }));
  }

  private void cancel(HttpConnection connection) {
    Long timer = timers.remove(connection);
    if (timer != null) {
      vertx.cancelTimer(timer);
    }
  }
}
