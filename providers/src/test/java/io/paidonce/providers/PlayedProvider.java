package io.paidonce.providers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.paidonce.contract.RawBytes;
import io.paidonce.providers.http.JdkApiTransport;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A provider's side of the wire on loopback: says whatever a test wants it to say. */
public final class PlayedProvider implements AutoCloseable {

  /**
   * A request as it came.
   *
   * @param target path and query as they were sent
   * @param headers first values, names in lower case
   */
  public record Received(String method, String target, Map<String, String> headers, RawBytes body) {
    public String text() {
      return new String(body.bytes(), StandardCharsets.UTF_8);
    }
  }

  /** An answer; a stalling one sends half of its body and never the rest. */
  public record Sent(int status, Map<String, String> headers, RawBytes body, boolean stalling) {

    public static Sent of(int status, SignedCallback signed) {
      return new Sent(status, signed.headers(), signed.body(), false);
    }

    public static Sent unsigned(int status, String body) {
      return new Sent(
          status,
          Map.of("Content-Type", "application/json"),
          RawBytes.of(body.getBytes(StandardCharsets.UTF_8)),
          false);
    }

    public Sent with(String name, String value) {
      Map<String, String> changed = new TreeMap<>(headers);
      changed.put(name, value);
      return new Sent(status, changed, body, stalling);
    }

    public Sent withBody(byte[] changed) {
      return new Sent(status, headers, RawBytes.of(changed), stalling);
    }

    public Sent butStalling() {
      return new Sent(status, headers, body, true);
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private volatile Function<Received, Sent> script = request -> Sent.unsigned(404, "");

  public PlayedProvider() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public void answers(Sent answer) {
    script = request -> answer;
  }

  public void answers(Function<Received, Sent> given) {
    script = given;
  }

  public List<Received> received() {
    return received;
  }

  /** Impatient, and with a small limit: 64 KiB. */
  public static ApiTransport transport(Instant now) {
    return new JdkApiTransport(
        new JdkApiTransport.Limits(Duration.ofSeconds(2), Duration.ofSeconds(2), 1 << 16),
        () -> now);
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
    Received request =
        new Received(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            headers,
            RawBytes.of(exchange.getRequestBody().readAllBytes()));
    received.add(request);
    try (exchange) {
      send(exchange, script.apply(request));
    }
  }

  private void send(HttpExchange exchange, Sent answer) throws IOException {
    answer.headers().forEach(exchange.getResponseHeaders()::add);
    byte[] body = answer.body().bytes();
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    if (body.length == 0) {
      return;
    }
    try (OutputStream out = exchange.getResponseBody()) {
      if (answer.stalling()) {
        out.write(body, 0, body.length / 2);
        out.flush();
        awaitClose();
      }
      out.write(body);
    }
  }

  private void awaitClose() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
