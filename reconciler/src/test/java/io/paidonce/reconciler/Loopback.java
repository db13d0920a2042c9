package io.paidonce.reconciler;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.paidonce.contract.RawBytes;
import io.paidonce.providers.ApiReply;
import io.paidonce.providers.ApiRequest;
import io.paidonce.providers.ApiTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A provider's side of real HTTP, on loopback. */
final class Loopback implements AutoCloseable {

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final ApiTransport provider;

  Loopback(ApiTransport provider) throws IOException {
    this.provider = provider;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      ApiRequest request =
          new ApiRequest(
              exchange.getRequestMethod(),
              exchange.getRequestURI(),
              Map.of(),
              RawBytes.of(exchange.getRequestBody().readAllBytes()));
      ApiReply.Answered answer = (ApiReply.Answered) provider.send(request);
      answer.headers().forEach((name, values) -> exchange.getResponseHeaders().put(name, values));
      byte[] body = answer.body().bytes();
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
