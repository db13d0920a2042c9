package io.paidonce.simulator.provider;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.RawBytes;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A desk behind real HTTP on loopback, without TLS. Header names go out as the providers spell
 * them, which their own libraries rely on; the JDK's little server would change their case.
 */
public final class ProviderServer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ProviderDesk desk;
  private final Vertx vertx;
  private final HttpServer server;

  private ProviderServer(ProviderDesk desk, Vertx vertx, int port) {
    this.desk = requireNonNull(desk, "desk");
    this.vertx = vertx;
    this.server =
        await(
            vertx
                .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(port))
                .requestHandler(this::read)
                .listen()
                .toCompletionStage());
  }

  /**
   * Listens until it is closed.
   *
   * @param port 0 for any free one
   */
  public static ProviderServer start(ProviderDesk desk, int port) {
    Vertx vertx = Vertx.vertx();
    try {
      return new ProviderServer(desk, vertx, port);
    } catch (RuntimeException e) {
      vertx.close();
      throw e;
    }
  }

  /** Base address, as an account's configured host. */
  public String address() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  @Override
  public void close() {
    await(vertx.close().toCompletionStage());
  }

  private void read(HttpServerRequest request) {
    request.body().onSuccess(body -> react(request, body));
  }

  // Signing takes a millisecond, which the thread that serves all connections must not.
  private void react(HttpServerRequest request, Buffer body) {
    Map<String, String> headers = new HashMap<>();
    request.headers().forEach(header -> headers.put(header.getKey(), header.getValue()));
    ApiCall call =
        new ApiCall(request.method().name(), request.uri(), headers, RawBytes.of(body.getBytes()));
    vertx
        .executeBlocking(() -> desk.react(call), false)
        .onSuccess(reaction -> send(request, reaction))
        .onFailure(failure -> request.connection().close());
  }

  private void send(HttpServerRequest request, Reaction reaction) {
    ApiAnswer answer = reaction.answer();
    if (answer == null) {
      request.connection().close();
    } else if (reaction.after().isZero()) {
      write(request.response(), answer);
    } else {
      vertx.setTimer(reaction.after().toMillis(), timer -> write(request.response(), answer));
    }
  }

  private static void write(HttpServerResponse response, ApiAnswer answer) {
    if (response.closed()) {
      return;
    }
    response.setStatusCode(answer.status());
    answer.headers().forEach(response::putHeader);
    response.end(Buffer.buffer(answer.body().bytes()));
  }

  private static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the simulated provider's server failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
