package io.paidonce.gateway;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Connections whose last answer said that they close. What was sent behind it may be the rest of a
 * request whose end we saw elsewhere than its sender or a proxy did: it is nobody's request. Lives
 * on one event loop, as its connections do.
 */
final class ClosingConnections {

  private final Set<HttpConnection> closing = Collections.newSetFromMap(new WeakHashMap<>());

  /** Whether a request is to be judged; if not, its connection is about to close unanswered. */
  boolean admit(HttpServerRequest request) {
    HttpConnection connection = request.connection();
    if (closing.contains(connection)) {
      return false;
    }
    request
        .response()
        .headersEndHandler(
            head -> {
              if (request
                  .response()
                  .headers()
                  .contains(HttpHeaders.CONNECTION, HttpHeaders.CLOSE, true)) {
                closing.add(connection);
              }
            });
    return true;
  }
}
