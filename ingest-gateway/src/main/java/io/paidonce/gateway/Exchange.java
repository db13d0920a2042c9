package io.paidonce.gateway;

import io.paidonce.providers.CallbackAnswer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;

/**
 * One request until nothing of it is left: answered at most once, and counted as in flight until
 * both its answer is written and Kafka is done with its records. Lives on one event loop; only
 * {@link #isAnswered} is asked from elsewhere.
 */
final class Exchange {

  /** HTTP/2: the answer is whole, and the rest of the request is not wanted. */
  private static final long NO_ERROR = 0;

  private final Vertx vertx;
  private final Context context;
  private final HttpServerRequest request;
  private final InFlight inFlight;
  private final Duration linger;
  private final long startedNanos = System.nanoTime();
  private volatile boolean answered;
  private boolean bodyEnded;
  private long reserved;
  private int reasonsToStay = 1;
  private long timer = -1;
  private Runnable over = () -> {};

  Exchange(
      Vertx vertx, Context context, HttpServerRequest request, InFlight inFlight, Duration linger) {
    this.vertx = vertx;
    this.context = context;
    this.request = request;
    this.inFlight = inFlight;
    this.linger = linger;
    inFlight.enter();
  }

  HttpServerRequest request() {
    return request;
  }

  boolean isAnswered() {
    return answered;
  }

  boolean reserve(long bytes) {
    if (!inFlight.reserve(bytes)) {
      return false;
    }
    reserved += bytes;
    return true;
  }

  /** Runs an action on this exchange's event loop, from wherever. */
  void later(Runnable action) {
    context.runOnContext(v -> action.run());
  }

  /**
   * Runs an action when this long has passed since the request came, in place of an earlier one.
   */
  void at(Duration sinceStart, Runnable action) {
    cancelTimer();
    long left = sinceStart.minusNanos(System.nanoTime() - startedNanos).toMillis();
    timer = vertx.setTimer(Math.max(1, left), t -> action.run());
  }

  /** The whole request was read: its connection can serve the next one. */
  void bodyEnded() {
    bodyEnded = true;
    cancelTimer();
  }

  /** Something else than the answer is still to come. */
  void stay() {
    reasonsToStay++;
  }

  void leave() {
    reasonsToStay--;
    if (reasonsToStay == 0) {
      inFlight.leave(reserved);
      over.run();
    }
  }

  /** Runs once nothing of this exchange is left. */
  void whenOver(Runnable action) {
    over = action;
  }

  /** The sender went away before the answer. */
  void abort() {
    if (!answered) {
      answered = true;
      cancelTimer();
      leave();
    }
  }

  void answer(CallbackAnswer answer, boolean keepConnection) {
    if (answered) {
      return;
    }
    answered = true;
    cancelTimer();
    HttpServerResponse response = request.response();
    if (response.closed()) {
      leave();
      return;
    }
    response
        .setStatusCode(answer.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType());
    boolean shared = request.version() == HttpVersion.HTTP_2;
    boolean keep = keepConnection && bodyEnded;
    if (!keep && !shared) {
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    response
        .end(Buffer.buffer(answer.body()))
        .onComplete(
            written -> {
              leave();
              if (shared) {
                endStream(keepConnection);
              } else if (!keep) {
                closeGently();
              }
            });
  }

  // Others' requests are on this connection: what is left of this one ends alone.
  private void endStream(boolean keepConnection) {
    if (!bodyEnded && !request.isEnded()) {
      request.exceptionHandler(e -> {});
      Future<Void> unusedReset = request.response().reset(NO_ERROR);
    }
    if (!keepConnection) {
      // Says that nothing new is taken, and closes once all streams have ended.
      Future<Void> unusedShutdown = request.connection().shutdown();
    }
  }

  // A socket closed on unread bytes is reset, and the sender never sees the answer.
  private void closeGently() {
    if (bodyEnded || request.isEnded()) {
      request.connection().close();
      return;
    }
    request.exceptionHandler(e -> {});
    request.handler(thrownAway -> {});
    request.endHandler(v -> request.connection().close());
    vertx.setTimer(linger.toMillis(), t -> request.connection().close());
  }

  private void cancelTimer() {
    if (timer >= 0) {
      vertx.cancelTimer(timer);
      timer = -1;
    }
  }
}
