package io.paidonce.gateway;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Health and metrics, on a port of their own so that the callbacks' port can face the internet. */
final class ManagementServer {

  private static final String JSON = "application/json";
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private final Vertx vertx;
  private final Endpoint endpoint;
  private final Supplier<Optional<String>> unreadiness;
  private final Supplier<ConfigurationState.Moment> configuration;
  private final Supplier<String> metrics;

  /**
   * @param unreadiness why no callbacks should be sent here now; empty when they should
   * @param configuration which one is served
   * @param metrics everything measured, in Prometheus' text format
   */
  ManagementServer(
      Vertx vertx,
      Endpoint endpoint,
      Supplier<Optional<String>> unreadiness,
      Supplier<ConfigurationState.Moment> configuration,
      Supplier<String> metrics) {
    this.vertx = vertx;
    this.endpoint = endpoint;
    this.unreadiness = unreadiness;
    this.configuration = configuration;
    this.metrics = metrics;
  }

  /** Opens the port; completes with it. */
  Future<Integer> listen() {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(endpoint.host())
            .setPort(endpoint.port())
            .setHttp2ClearTextEnabled(false)
            .setIdleTimeout(60);
    return vertx
        .createHttpServer(options)
        .requestHandler(this::handle)
        .listen()
        .map(HttpServer::actualPort);
  }

  private void handle(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    switch (request.path() == null ? "" : request.path()) {
      case "/health/live" ->
          answer(response, 200, JSON, new JsonObject().put("live", true).encode());
      case "/health/ready" -> {
        Optional<String> reason = unreadiness.get();
        JsonObject body = new JsonObject().put("ready", reason.isEmpty());
        reason.ifPresent(sentence -> body.put("reason", sentence));
        body.put("configuration", described(configuration.get()));
        answer(response, reason.isEmpty() ? 200 : 503, JSON, body.encode());
      }
      case "/metrics" -> answer(response, 200, PROMETHEUS, metrics.get());
      default -> answer(response, 404, JSON, new JsonObject().put("error", "not found").encode());
    }
  }

  // No reason to be not ready: what is served was sound when it was taken.
  private static JsonObject described(ConfigurationState.Moment moment) {
    JsonObject described = new JsonObject().put("loadedAt", moment.loadedAt().toString());
    Instant refusedAt = moment.refusedAt();
    if (refusedAt != null) {
      described
          .put("newerRefusedAt", refusedAt.toString())
          .put("problems", new JsonArray(moment.problems()));
    }
    if (!moment.waitingForRestart().isEmpty()) {
      described.put("waitingForRestart", new JsonArray(moment.waitingForRestart()));
    }
    return described;
  }

  private static void answer(HttpServerResponse response, int status, String type, String body) {
    response.setStatusCode(status).putHeader("content-type", type).end(body);
  }
}
