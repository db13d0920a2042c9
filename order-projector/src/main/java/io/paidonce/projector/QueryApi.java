package io.paidonce.projector;

import io.vertx.core.Handler;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The query API: finds the route and lets it answer. JDBC waits on worker threads, never on the
 * event loop, and no more questions wait for one than a bound allows.
 */
final class QueryApi implements Handler<HttpServerRequest> {

  private static final Logger log = LoggerFactory.getLogger(QueryApi.class);
  private static final int QUEUED_PER_CONNECTION = 16;

  private final Callers callers;
  private final List<Route> routes;
  private final CsvExport exports;
  private final WorkerExecutor workers;
  private final int mostInFlight;
  private final AtomicInteger inFlight = new AtomicInteger();

  QueryApi(
      Callers callers,
      List<Route> routes,
      CsvExport exports,
      WorkerExecutor workers,
      int connections) {
    this.callers = callers;
    this.routes = routes;
    this.exports = exports;
    this.workers = workers;
    this.mostInFlight = connections * QUEUED_PER_CONNECTION;
  }

  @Override
  public void handle(HttpServerRequest request) {
    try {
      dispatch(request);
    } catch (BadQuestionException e) {
      e.problem().send(request.response());
    }
  }

  private void dispatch(HttpServerRequest request) {
    Caller caller = callers.of(request.getHeader("authorization"));
    Optional<Listing> export = export(request);
    if (export.isPresent()) {
      Params params = Params.of(request.query(), export.get().filterNames());
      exports.send(export.get(), new Asked(caller, List.of(), params, null), request.response());
      return;
    }
    List<String> path = List.of(request.path().split("/", -1));
    Optional<Route> route = routes.stream().filter(one -> one.fits(path)).findFirst();
    if (route.isEmpty()) {
      Problem.notFound(
              "there is no such resource",
              "Ask one of "
                  + routes.stream().map(Route::toString).collect(Collectors.joining(", "))
                  + "; percent-encode / ? # and % within a part.")
          .send(request.response());
    } else if (!HttpMethod.GET.equals(request.method()) && !isHead(request)) {
      request.response().putHeader("allow", "GET, HEAD");
      new Problem(405, "Method not allowed", "this can only be read", "Use GET.")
          .send(request.response());
    } else {
      Asked asked =
          new Asked(
              caller,
              route.get().read(path),
              Params.of(request.query(), route.get().params()),
              request.getHeader("if-none-match"));
      answer(request, route.get(), asked);
    }
  }

  private static Optional<Listing> export(HttpServerRequest request) {
    return HttpMethod.GET.equals(request.method())
        ? Listing.ALL.stream()
            .filter(one -> request.path().equals("/v1/" + one.name() + ".csv"))
            .findFirst()
        : Optional.empty();
  }

  private static boolean isHead(HttpServerRequest request) {
    return HttpMethod.HEAD.equals(request.method());
  }

  private void answer(HttpServerRequest request, Route route, Asked asked) {
    if (inFlight.incrementAndGet() > mostInFlight) {
      inFlight.decrementAndGet();
      Problem.unavailable("too many queries are waiting").send(request.response());
      return;
    }
    workers
        .executeBlocking(() -> route.question().answer(asked), false)
        .onComplete(
            answered -> {
              inFlight.decrementAndGet();
              if (request.response().closed()) {
                return;
              }
              if (answered.failed()) {
                failed(request.response(), answered.cause());
              } else {
                answered.result().send(request.response(), !isHead(request));
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
