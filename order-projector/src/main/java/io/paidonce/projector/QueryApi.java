package io.paidonce.projector;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.EventHeaders;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /v1/orders/{shop}/{orderNo}}. JDBC waits on worker threads, never on the event loop.
 */
final class QueryApi implements Handler<HttpServerRequest> {

  private static final Logger log = LoggerFactory.getLogger(QueryApi.class);
  private static final int LONGEST_SEGMENT = 128;
  private static final int QUEUED_PER_CONNECTION = 16;

  private final OrderQuery orders;
  private final WorkerExecutor workers;
  private final int mostInFlight;
  private final AtomicInteger inFlight = new AtomicInteger();

  QueryApi(Vertx vertx, OrderQuery orders, int connections) {
    this.orders = orders;
    this.workers = vertx.createSharedWorkerExecutor("projector-queries", connections);
    this.mostInFlight = connections * QUEUED_PER_CONNECTION;
  }

  @Override
  public void handle(HttpServerRequest request) {
    List<String> path = List.of(request.path().split("/", -1));
    if (path.size() != 5 || !path.get(1).equals("v1") || !path.get(2).equals("orders")) {
      Problem.notFound(
              "there is no such resource",
              "Ask /v1/orders/{shop}/{orderNo}; percent-encode / ? # and % within a number.")
          .send(request.response());
    } else if (!HttpMethod.GET.equals(request.method()) && !isHead(request)) {
      request.response().putHeader("allow", "GET, HEAD");
      new Problem(405, "Method not allowed", "orders can only be read here", "Use GET.")
          .send(request.response());
    } else {
      Optional<String> shop = segment(path.get(3));
      Optional<String> orderNo = segment(path.get(4));
      if (shop.isEmpty() || orderNo.isEmpty()) {
        Problem.badRequest(
                "shop or order number is empty, too long or not percent-encoded UTF-8",
                "Percent-encode the bytes of its UTF-8, at most "
                    + LONGEST_SEGMENT
                    + " characters.")
            .send(request.response());
      } else {
        answer(request, shop.get(), orderNo.get());
      }
    }
  }

  private static boolean isHead(HttpServerRequest request) {
    return HttpMethod.HEAD.equals(request.method());
  }

  private static Optional<String> segment(String raw) {
    return PathSegment.decode(raw)
        .filter(text -> !text.isEmpty() && text.length() <= LONGEST_SEGMENT);
  }

  private void answer(HttpServerRequest request, String shop, String orderNo) {
    if (inFlight.incrementAndGet() > mostInFlight) {
      inFlight.decrementAndGet();
      Problem.unavailable("too many queries are waiting").send(request.response());
      return;
    }
    workers
        .executeBlocking(() -> orders.find(shop, orderNo), false)
        .onComplete(
            found -> {
              inFlight.decrementAndGet();
              if (request.response().closed()) {
                return;
              }
              if (found.failed()) {
                failed(request.response(), found.cause());
              } else {
                found
                    .result()
                    .ifPresentOrElse(order -> send(request, order), () -> unknown(request));
              }
            });
  }

  private static void send(HttpServerRequest request, ObjectNode order) {
    byte[] body = order.toString().getBytes(UTF_8);
    String tag = "W/\"" + EventHeaders.sha256Hex(body).substring(0, 24) + "\"";
    HttpServerResponse response =
        request.response().putHeader("etag", tag).putHeader("cache-control", "no-cache");
    if (tag.equals(request.getHeader("if-none-match"))) {
      response.setStatusCode(304).end();
      return;
    }
    response.putHeader("content-type", "application/json");
    if (isHead(request)) {
      response.putHeader("content-length", Integer.toString(body.length)).end();
    } else {
      response.end(Buffer.buffer(body));
    }
  }

  private static void unknown(HttpServerRequest request) {
    Problem.notFound(
            "nothing is known of this order of this shop",
            "Order numbers are compared exactly, upper and lower case included. An order placed"
                + " moments ago may not have arrived: ask again, or look at"
                + " paidonce_projector_lag_seconds on the management port.")
        .send(request.response());
  }

  private static void failed(HttpServerResponse response, Throwable cause) {
    if (cause instanceof SQLException e) {
      Problem.unavailable("the read store does not answer (SQLSTATE " + e.getSQLState() + ")")
          .send(response);
    } else {
      log.error("a query failed", cause);
      new Problem(500, "Internal error", "this is a bug", "Tell us what you asked.").send(response);
    }
  }
}
