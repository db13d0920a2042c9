package io.paidonce.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;

/** Health and metrics, on a port of their own that is never exposed to the internet. */
final class ManagementServer implements AutoCloseable {

  private final HttpServer server;

  ManagementServer(
      String host, int port, Supplier<KafkaStreams.State> state, PrometheusMeterRegistry registry) {
    try {
      server = HttpServer.create(new InetSocketAddress(host, port), 16);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "managementPort: can't listen on " + host + ":" + port + "; is it in use?", e);
    }
    server.createContext("/health/live", exchange -> health(exchange, isAlive(state.get()), state));
    server.createContext(
        "/health/ready",
        exchange -> health(exchange, state.get() == KafkaStreams.State.RUNNING, state));
    server.createContext(
        "/metrics",
        exchange -> answer(exchange, 200, "text/plain; version=0.0.4", registry.scrape()));
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  // REBALANCING is alive but not ready: restoring must not get the process killed.
  private static boolean isAlive(KafkaStreams.State state) {
    return state.isRunningOrRebalancing() || state == KafkaStreams.State.CREATED;
  }

  private static void health(
      HttpExchange exchange, boolean healthy, Supplier<KafkaStreams.State> state)
      throws IOException {
    String body = "{\"state\":\"" + state.get() + "\"}";
    answer(exchange, healthy ? 200 : 503, "application/json", body);
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
