package io.paidonce.projector;

import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers on worker threads: JDBC waits there and never on the event loop, and no more questions
 * wait for a thread than a bound allows.
 */
final class QueryWorkers {

  private static final Logger log = LoggerFactory.getLogger(QueryWorkers.class);
  private static final int QUEUED_PER_CONNECTION = 16;

  private final WorkerExecutor workers;
  private final int mostInFlight;
  private final AtomicInteger inFlight = new AtomicInteger();

  QueryWorkers(WorkerExecutor workers, int connections) {
    this.workers = workers;
    this.mostInFlight = connections * QUEUED_PER_CONNECTION;
  }

  /** Has a question answered here. */
  Route.Answering by(Route.Question question) {
    return (asked, request) -> run(request, () -> question.answer(asked));
  }

  /**
   * Answers a request with what comes out.
   *
   * @throws BadQuestionException if too many wait already
   */
  void run(HttpServerRequest request, Callable<Answer> work) {
    if (inFlight.incrementAndGet() > mostInFlight) {
      inFlight.decrementAndGet();
      throw new BadQuestionException(Problem.unavailable("too many queries are waiting"));
    }
    HttpServerResponse response = request.response();
    workers
        .executeBlocking(work, false)
        .onComplete(
            answered -> {
              inFlight.decrementAndGet();
              if (response.ended() || response.closed()) {
                return;
              }
              if (answered.failed()) {
                failed(response, answered.cause());
              } else {
                answered.result().send(response, !HttpMethod.HEAD.equals(request.method()));
              }
            });
  }

  private static void failed(HttpServerResponse response, Throwable cause) {
    if (cause instanceof BadQuestionException e) {
      e.problem().send(response);
    } else if (cause instanceof SQLException e) {
      Problem.unavailable("the read store does not answer (SQLSTATE " + e.getSQLState() + ")")
          .send(response);
    } else {
      log.error("a query failed", cause);
      new Problem(500, "Internal error", "this is a bug", "Tell us what you asked.").send(response);
    }
  }
}
