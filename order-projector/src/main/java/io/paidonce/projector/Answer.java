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
 */
record Answer(int status, @Nullable JsonNode body, @Nullable String tag) {

  static Answer of(JsonNode body) {
    return new Answer(200, body, null);
  }

  static Answer tagged(JsonNode body, String tag) {
    return new Answer(200, body, tag);
  }

  static Answer unchanged(String tag) {
    return new Answer(304, null, tag);
  }

  /** More than one thing fits: the caller chooses. */
  static Answer choices(JsonNode body) {
    return new Answer(300, body, null);
  }

  void send(HttpServerResponse response, boolean withBody) {
    response
        .setStatusCode(status)
        .putHeader("cache-control", tag == null ? "no-store" : "no-cache");
    if (tag != null) {
      response.putHeader("etag", tag);
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
