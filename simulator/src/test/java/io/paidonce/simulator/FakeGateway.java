package io.paidonce.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.paidonce.contract.RawBytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A real HTTP server that remembers what came and answers as a test wants. */
final class FakeGateway implements AutoCloseable {

  /** What came, and when. */
  record Arrival(String path, Map<String, String> headers, RawBytes body, int port, long nanoTime) {
    boolean isGenuine() {
      return FakeSigner.isGenuine(headers, body.bytes());
    }
  }

  /** How a test answers. */
  @FunctionalInterface
  interface Behaviour {
    void answer(Arrival arrival, HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();

  FakeGateway(Behaviour behaviour) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", exchange -> handle(exchange, behaviour));
    server.start();
  }

  /** Accepts what is genuine and refuses the rest. */
  static Behaviour verifying() {
    return (arrival, exchange) -> {
      if (arrival.isGenuine()) {
        accept(arrival, exchange);
      } else {
        answer(exchange, 401, "{\"code\":\"FAIL\"}");
      }
    };
  }

  static void accept(Arrival arrival, HttpExchange exchange) throws IOException {
    answer(exchange, 200, arrival.path().contains("alipay") ? "success" : "");
  }

  static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  List<Arrival> arrivals() {
    return arrivals;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange, Behaviour behaviour) throws IOException {
    try (exchange) {
      Map<String, String> headers = new HashMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
      Arrival arrival =
          new Arrival(
              exchange.getRequestURI().getPath(),
              headers,
              RawBytes.of(exchange.getRequestBody().readAllBytes()),
              exchange.getRemoteAddress().getPort(),
              System.nanoTime());
      arrivals.add(arrival);
      behaviour.answer(arrival, exchange);
    }
  }
}
