package io.paidonce.reconciler;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.function.BooleanSupplier;

/** Health and metrics, on a port of their own that is never exposed to the internet. */
public final class ManagementServer implements AutoCloseable {

  private final HttpServer server;

  /**
   * Listens at once.
   *
   * @param port 0 for any
   */
  public ManagementServer(
      String host,
      int port,
      BooleanSupplier isAlive,
      BooleanSupplier isReady,
      PrometheusMeterRegistry registry) {
    try {
      server = HttpServer.create(new InetSocketAddress(host, port), 16);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "managementPort: can't listen on " + host + ":" + port + "; is it in use?", e);
    }
    server.createContext("/health/live", exchange -> state(exchange, isAlive.getAsBoolean()));
    server.createContext("/health/ready", exchange -> state(exchange, isReady.getAsBoolean()));
    server.createContext(
        "/metrics",
        exchange -> answer(exchange, 200, "text/plain; version=0.0.4", registry.scrape()));
    server.start();
  }

  /** Where it listens. */
  public int port() {
    return server.getAddress().getPort();
  }

  private static void state(HttpExchange exchange, boolean good) throws IOException {
    String body = "{\"status\":\"" + (good ? "up" : "down") + "\"}";
    answer(exchange, good ? 200 : 503, "application/json", body);
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
