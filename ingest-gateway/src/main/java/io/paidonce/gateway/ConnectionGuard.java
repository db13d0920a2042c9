package io.paidonce.gateway;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.IdentityHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds the connections, and how long one may be without a whole request head: a silent sender and
 * one that trickles single bytes are cut alike. Over HTTP/2 several requests share a connection; it
 * is idle once all of them have ended. Lives on one event loop, as its connections do; only their
 * number is shared.
 */
final class ConnectionGuard {

  private final Vertx vertx;
  private final AtomicInteger open;
  private final int most;
  private final Timings timings;
  private final IdentityHashMap<HttpConnection, Watched> watched = new IdentityHashMap<>();

  /** One connection: how many requests of it have no answer yet, and what cuts it. */
  private static final class Watched {
    private int requests;
    private long timer = NONE;
  }

  private static final long NONE = -1;

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
          Watched gone = watched.remove(connection);
          if (gone != null) {
            cancel(gone);
          }
        });
    if (open.incrementAndGet() > most) {
      connection.close();
    } else {
      Watched opened = new Watched();
      watched.put(connection, opened);
      cutAfter(connection, opened, timings.head().toMillis());
    }
  }

  void headArrived(HttpServerRequest request) {
    HttpConnection connection = request.connection();
    Watched busy = watched.get(connection);
    if (busy == null) {
      return;
    }
    cancel(busy);
    busy.requests++;
    boolean[] ended = {false};
    Handler<Void> once =
        v -> {
          if (!ended[0]) {
            ended[0] = true;
            requestEnded(connection, busy);
          }
        };
    // A stream that its sender resets closes without an end.
    request.response().endHandler(once).closeHandler(once);
  }

  private void requestEnded(HttpConnection connection, Watched busy) {
    busy.requests--;
    if (busy.requests == 0 && watched.containsKey(connection)) {
      cutAfter(connection, busy, timings.idle().toMillis());
    }
  }

  private void cutAfter(HttpConnection connection, Watched one, long millis) {
    one.timer =
        vertx.setTimer(
            millis,
            t -> {
              one.timer = NONE;
              connection.close();
            });
  }

  private void cancel(Watched one) {
    if (one.timer != NONE) {
      vertx.cancelTimer(one.timer);
      one.timer = NONE;
    }
  }
}
