package io.paidonce.projector;

import io.paidonce.contract.OrderKey;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/** One answer, when an order is decided, is another than the caller knows, or the time is over. */
final class StateWait implements Watches.Watcher {

  /** Longer than the first look can take, which tells by itself when PostgreSQL is silent. */
  private static final int LOOK_SECONDS = 20;

  private final Vertx vertx;
  private final HttpServerResponse response;
  private final boolean withBody;
  private final @Nullable String knownTag;
  private final int seconds;
  private Watches.@Nullable Watch watch;
  private @Nullable OrderState last;
  private long timer;

  StateWait(Vertx vertx, HttpServerRequest request, @Nullable String knownTag, int seconds) {
    this.vertx = vertx;
    this.response = request.response();
    this.withBody = !HttpMethod.HEAD.equals(request.method());
    this.knownTag = knownTag;
    this.seconds = seconds;
  }

  /**
   * Begins; ends by itself.
   *
   * @throws BadQuestionException if too many wait
   */
  void begin(Watches watches, Caller caller, OrderKey order) {
    watch = watches.begin(caller, order, this);
    timer = vertx.setTimer((seconds == 0 ? LOOK_SECONDS : seconds) * 1_000L, late -> answer());
    response.closeHandler(closed -> end());
  }

  @Override
  public void told(OrderState state) {
    last = state;
    if (seconds == 0 || (state.isKnown() && isWaitedFor(state))) {
      answer();
    }
  }

  private boolean isWaitedFor(OrderState state) {
    return knownTag == null ? state.isDecided() : !knownTag.equals(state.tag());
  }

  @Override
  public void unanswered() {
    refuse(Problem.unavailable("the read store does not answer"));
  }

  @Override
  public void stopped() {
    refuse(Problem.unavailable("the projector is stopping"));
  }

  private void answer() {
    OrderState state = last;
    if (state == null) {
      unanswered();
    } else if (!state.isKnown()) {
      refuse(Questions.unknownOrder().problem());
    } else {
      end();
      Answer answer =
          state.tag().equals(knownTag)
              ? Answer.unchanged(state.tag())
              : Answer.tagged(state.toJson(), state.tag());
      answer.send(response, withBody);
    }
  }

  private void refuse(Problem problem) {
    end();
    problem.send(response);
  }

  private void end() {
    vertx.cancelTimer(timer);
    if (watch != null) {
      watch.end();
    }
  }
}
