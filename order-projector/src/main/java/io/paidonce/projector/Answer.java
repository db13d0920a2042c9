package io.paidonce.projector;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * A JSON answer.
 *
 * @param body absent where the caller has it already
 * @param tag tells this content from any other of the same address; absent where it has none
 * @param location where what becomes of it is read; absent where nothing will
 */
record Answer(
    int status, @Nullable JsonNode body, @Nullable String tag, @Nullable String location) {

  static Answer of(JsonNode body) {
    return new Answer(200, body, null, null);
  }

  static Answer tagged(JsonNode body, String tag) {
    return new Answer(200, body, tag, null);
  }

  static Answer unchanged(String tag) {
    return new Answer(304, null, tag, null);
  }

  /** It is stored, and will be done or refused. */
  static Answer accepted(JsonNode body, String location) {
    return new Answer(202, body, null, location);
  }

  /** More than one thing fits: the caller chooses. */
  static Answer choices(JsonNode body) {
    return new Answer(300, body, null, null);
  }

  void send(HttpServerResponse response, boolean withBody) {
    response
        .setStatusCode(status)
        .putHeader("cache-control", tag == null ? "no-store" : "no-cache");
    if (tag != null) {
      response.putHeader("etag", tag);
    }
    if (location != null) {
      response.putHeader("location", location);
    }
    if (body == null) {
      response.end();
      return;
    }
    byte[] bytes = body.toString().getBytes(UTF_8);
    response.putHeader("content-type", "application/json");
    if (withBody) {
      response.end(Buffer.buffer(bytes));
    } else {
      response.putHeader("content-length", Integer.toString(bytes.length)).end();
    }
  }
}
