package io.paidonce.projector;

import io.paidonce.contract.OrderKey;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events: each change of an order's version, for as long as somebody listens. A slow
 * reader is told the newest state once it is ready and not all between, so that it holds one state
 * of memory; one that takes nothing is hung up on when the server's {@link
 * Listening#SILENT_SECONDS} are over, and comes back with the last id.
 */
final class StateStream implements Watches.Watcher {

  /** What waits to be sent to one reader, besides what the operating system holds. */
  private static final int QUEUED_BYTES = 16 << 10;

  private static final long NONE = -1;

  private final Vertx vertx;
  private final HttpServerResponse response;
  private final Duration pace;
  private long seen;
  private Watches.@Nullable Watch watch;
  private @Nullable OrderState unsent;
  private long heartbeat = NONE;

  StateStream(Vertx vertx, HttpServerResponse response, long seen, Duration pace) {
    this.vertx = vertx;
    this.response = response;
    this.seen = seen;
    this.pace = pace;
  }

  /**
   * Begins; ends when the reader goes, or the projector stops.
   *
   * @throws BadQuestionException if too many wait
   */
  void begin(Watches watches, Caller caller, OrderKey order) {
    watch = watches.begin(caller, order, this);
    response.closeHandler(closed -> end());
    response.exceptionHandler(failed -> end());
  }

  @Override
  public void told(OrderState state) {
    if (!state.isKnown()) {
      // Before the first event it can still be said that there is no such order.
      if (!response.headWritten()) {
        end();
        Questions.unknownOrder().problem().send(response);
      }
      return;
    }
    if (!response.headWritten()) {
      open();
    }
    if (state.version() <= seen) {
      return;
    }
    if (response.writeQueueFull()) {
      unsent = state;
      response.drainHandler(drained -> catchUp());
    } else {
      send(state);
    }
  }

  private void open() {
    response
        .setChunked(true)
        .setWriteQueueMaxSize(QUEUED_BYTES)
        .putHeader("content-type", "text/event-stream")
        .putHeader("cache-control", "no-store");
    response.write("retry: 2000\n\n");
    heartbeat = vertx.setPeriodic(pace.toMillis(), now -> beat());
  }

  private void send(OrderState state) {
    seen = state.version();
    response.write("id: " + seen + "\nevent: state\ndata: " + state.toJson() + "\n\n");
  }

  private void beat() {
    // Nothing is sent to who takes nothing, so that the server sees a silent connection and ends
    // it.
    if (!response.writeQueueFull()) {
      response.write(":\n\n");
    }
  }

  private void catchUp() {
    response.drainHandler(null);
    OrderState state = unsent;
    unsent = null;
    if (state != null) {
      send(state);
    }
  }

  @Override
  public void unanswered() {
    end();
    Problem.unavailable("the read store does not answer").send(response);
  }

  @Override
  public void stopped() {
    end();
    if (response.headWritten()) {
      response.end();
    } else {
      Problem.unavailable("the projector is stopping").send(response);
    }
  }

  private void end() {
    vertx.cancelTimer(heartbeat);
    if (watch != null) {
      watch.end();
    }
  }
}
