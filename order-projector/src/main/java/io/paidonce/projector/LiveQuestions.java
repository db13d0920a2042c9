package io.paidonce.projector;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** "Am I paid?", asked once and answered when it is decided, or told as it goes on. */
final class LiveQuestions {

  /** Below {@link Listening#SILENT_SECONDS}, after which many a proxy ends a connection too. */
  private static final int MOST_SECONDS = 25;

  private final Vertx vertx;
  private final Watches watches;
  private final Duration heartbeat;

  LiveQuestions(Vertx vertx, Watches watches) {
    this(vertx, watches, Duration.ofSeconds(10));
  }

  LiveQuestions(Vertx vertx, Watches watches, Duration heartbeat) {
    this.vertx = vertx;
    this.watches = watches;
    this.heartbeat = heartbeat;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
            "/v1/orders/{shop}/{orderNo}/state",
            "Where an order stands; with wait, as soon as it is paid, or will not be.",
            List.of(
                Param.number(
                    "wait",
                    0,
                    MOST_SECONDS,
                    "Seconds to wait at most, until it is decided, or with If-None-Match until it"
                        + " is another; 0 if absent.")),
            List.of(
                Reply.json(200, "State", "Where it stands."),
                Reply.empty(304, "As If-None-Match has it."),
                Reply.problem(429, "This token waits too often.")),
            this::state),
        Route.get(
            "/v1/orders/{shop}/{orderNo}/events",
            "Each new state of an order, as server-sent events.",
            List.of(),
            List.of(
                Reply.text(
                    "text/event-stream",
                    "One event a version, its id; Last-Event-ID goes on after one."),
                Reply.problem(429, "This token waits too often.")),
            this::events));
  }

  private void state(Asked asked, HttpServerRequest request) {
    int seconds = asked.params().number("wait", 0, MOST_SECONDS, 0);
    new StateWait(vertx, request, asked.knownTag(), seconds)
        .begin(watches, asked.caller(), Questions.visible(asked));
  }

  private void events(Asked asked, HttpServerRequest request) {
    new StateStream(
            vertx, request.response(), lastSeen(request.getHeader("last-event-id")), heartbeat)
        .begin(watches, asked.caller(), Questions.visible(asked));
  }

  private static long lastSeen(@Nullable String id) {
    if (id == null || id.isEmpty()) {
      return 0;
    }
    if (!id.matches("\\d{1,18}")) {
      throw new BadQuestionException(
          Problem.badRequest(
                  "Last-Event-ID is none of ours",
                  "Send the id of the last event that came, or leave the header out.")
              .of("last-event-id"));
    }
    return Long.parseLong(id);
  }
}
