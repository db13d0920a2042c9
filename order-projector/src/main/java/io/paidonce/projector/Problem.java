package io.paidonce.projector;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is none, as RFC 9457 problem details.
 *
 * @param field what of the question is wrong; absent where no single part is
 * @param hint what the caller can do
 */
record Problem(int status, String title, String detail, @Nullable String field, String hint) {

  Problem(int status, String title, String detail, String hint) {
    this(status, title, detail, null, hint);
  }

  static Problem notFound(String detail, String hint) {
    return new Problem(404, "Not found", detail, hint);
  }

  static Problem badRequest(String detail, String hint) {
    return new Problem(400, "Bad request", detail, hint);
  }

  static Problem unavailable(String detail) {
    return new Problem(503, "Unavailable", detail, "Try again in a few seconds.");
  }

  /** The same, about one field. */
  Problem of(String name) {
    return new Problem(status, title, detail, name, hint);
  }

  void send(HttpServerResponse response) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("type", "about:blank")
        .put("title", title)
        .put("status", status)
        .put("detail", detail)
        .put("hint", hint);
    if (field != null) {
      body.put("field", field);
    }
    response
        .setStatusCode(status)
        .putHeader("content-type", "application/problem+json")
        .putHeader("cache-control", "no-store");
    if (status == 401) {
      response.putHeader("www-authenticate", "Bearer");
    }
    if (status == 503) {
      response.putHeader("retry-after", "2");
    }
    response.end(body.toString());
  }
}
