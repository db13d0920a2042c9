package io.paidonce.projector;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The query API: tells who asks, finds the route and lets it answer. */
final class QueryApi implements Handler<HttpServerRequest> {

  private final Callers callers;
  private final List<Route> routes;

  QueryApi(Callers callers, List<Route> routes) {
    this.callers = callers;
    this.routes = List.copyOf(routes);
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
    List<String> path = List.of(request.path().split("/", -1));
    List<Route> here = routes.stream().filter(one -> one.fits(path)).toList();
    if (here.isEmpty()) {
      throw new BadQuestionException(
          Problem.notFound(
              "there is no such resource",
              "Ask one of "
                  + routes.stream().map(Route::toString).collect(Collectors.joining(", "))
                  + "; percent-encode / ? # and % within a part."));
    }
    Route route =
        chosen(here, request.method())
            .orElseThrow(
                () -> {
                  request.response().putHeader("allow", String.join(", ", methods(here)));
                  return new BadQuestionException(
                      new Problem(
                          405,
                          "Method not allowed",
                          "this can't be done here",
                          "Use " + String.join(" or ", methods(here)) + "."));
                });
    Asked asked =
        new Asked(
            caller,
            route.read(path),
            Params.of(
                request.query(),
                route.params().stream().map(Param::name).collect(Collectors.toSet())),
            request.getHeader("if-none-match"));
    route.answering().answer(asked, request);
  }

  private static Optional<Route> chosen(List<Route> here, HttpMethod method) {
    return here.stream()
        .filter(route -> methods(List.of(route)).contains(method.name()))
        .findFirst();
  }

  // Only what is answered at once and whole can tell its length without its body.
  private static Set<String> methods(List<Route> here) {
    List<String> methods = new ArrayList<>();
    for (Route route : here) {
      methods.add(route.method().name());
      if (route.isWhole()) {
        methods.add(HttpMethod.HEAD.name());
      }
    }
    return new LinkedHashSet<>(methods);
  }
}
