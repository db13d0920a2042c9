package io.paidonce.projector;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;

/** Health and metrics, on a port of their own that callers of the API never see. */
final class ManagementApi implements Handler<HttpServerRequest> {

  private final Health health;
  private final PrometheusMeterRegistry registry;

  ManagementApi(Health health, PrometheusMeterRegistry registry) {
    this.health = health;
    this.registry = registry;
  }

  @Override
  public void handle(HttpServerRequest request) {
    switch (request.path()) {
      case "/health/live" -> state(request, health.isAlive());
      case "/health/ready" -> state(request, health.isReady());
      case "/metrics" ->
          request
              .response()
              .putHeader("content-type", "text/plain; version=0.0.4; charset=utf-8")
              .end(registry.scrape());
      default ->
          Problem.notFound(
                  "there is no such resource", "Ask /health/live, /health/ready or /metrics.")
              .send(request.response());
    }
  }

  private void state(HttpServerRequest request, boolean good) {
    request
        .response()
        .setStatusCode(good ? 200 : 503)
        .putHeader("content-type", "application/json")
        .end(
            JsonNodeFactory.instance
                .objectNode()
                .put("status", good ? "up" : "down")
                .put("writer", health.writer())
                .put("postgresql", health.database())
                .put("kafka", health.kafka())
                .toString());
  }
}
