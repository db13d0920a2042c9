package io.paidonce.projector;

import io.paidonce.projector.ProjectorConfig.Endpoint;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Starts HTTP servers with this module's limits. */
final class Listening {

  /** A connection on which nothing moves for so long is ended, whoever is to blame. */
  static final int SILENT_SECONDS = 30;

  private static final long PATIENCE_SECONDS = 10;

  private Listening() {}

  /** Returns the port. */
  static int at(Vertx vertx, Endpoint endpoint, String field, Handler<HttpServerRequest> handler) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setMaxInitialLineLength(4096)
            .setMaxHeaderSize(8192)
            .setIdleTimeout(SILENT_SECONDS)
            .setIdleTimeoutUnit(TimeUnit.SECONDS);
    try {
      return await(
              vertx
                  .createHttpServer(options)
                  .requestHandler(handler)
                  .listen(endpoint.port(), endpoint.host()))
          .actualPort();
    } catch (CompletionException e) {
      throw new IllegalStateException(
          field
              + " can't listen at "
              + endpoint.host()
              + ":"
              + endpoint.port()
              + ": "
              + e.getCause()
              + "; free the port or choose another",
          e);
    }
  }

  static <T> T await(Future<T> future) {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .join();
  }
}
