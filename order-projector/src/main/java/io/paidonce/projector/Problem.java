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

  /** What is asked contradicts what is so by now. */
  static Problem conflict(String detail, String hint) {
    return new Problem(409, "Conflict", detail, hint);
  }

  static Problem forbidden(String detail, String hint) {
    return new Problem(403, "Forbidden", detail, hint);
  }

  /** It may be stored or not. */
  static Problem notStored() {
    return new Problem(
        503,
        "Unavailable",
        "Kafka did not confirm in time that this is stored; it may be",
        "Send it again with the same id, which is harmless.");
  }

  /** Too much of one caller at once. */
  static Problem tooMany(String detail, String hint) {
    return new Problem(429, "Too many requests", detail, hint);
  }

  /** The same, about one field. */
  Problem of(String name) {
    return new Problem(status, title, detail, name, hint);
  }

  /** Whether the same request may go well later without anybody changing it. */
  private boolean isRetryable() {
    return status == 503 || status == 429 || status == 408;
  }

  void send(HttpServerResponse response) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("type", "about:blank")
        .put("title", title)
        .put("status", status)
        .put("retryable", isRetryable())
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
    if (status == 503 || status == 429) {
      response.putHeader("retry-after", "2");
    }
    response.end(body.toString());
  }
}
