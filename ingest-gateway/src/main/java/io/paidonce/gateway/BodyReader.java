package io.paidonce.gateway;

import io.paidonce.contract.Rejection;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Reads a body as it comes, byte for byte, and stops at the limits while reading. */
final class BodyReader {

  private final Limits limits;

  BodyReader(Limits limits) {
    this.limits = limits;
  }

  /** Exactly one of the two is called, or neither when the sender goes away. */
  void read(Exchange exchange, Consumer<byte[]> whole, Consumer<Rejection> refused) {
    HttpServerRequest request = exchange.request();
    List<String> encodings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
    if (encodings.size() > 1 || !encodings.stream().allMatch("chunked"::equalsIgnoreCase)) {
      // Whoever stands before us may see another end of this body than we do.
      refused.accept(Rejection.MALFORMED_REQUEST);
      return;
    }
    if (declaredLength(request) > limits.maxBodyBytes()) {
      refused.accept(Rejection.BODY_TOO_LARGE);
      return;
    }
    if (!exchange.reserve(Limits.OVERHEAD_BYTES)) {
      refused.accept(Rejection.OVERLOADED);
      return;
    }
    Buffer body = Buffer.buffer();
    request.handler(
        chunk -> {
          if (exchange.isAnswered()) {
            return;
          }
          if (body.length() + chunk.length() > limits.maxBodyBytes()) {
            refused.accept(Rejection.BODY_TOO_LARGE);
          } else if (!exchange.reserve(chunk.length())) {
            refused.accept(Rejection.OVERLOADED);
          } else {
            body.appendBuffer(chunk);
          }
        });
    request.endHandler(
        end -> {
          if (!exchange.isAnswered()) {
            exchange.bodyEnded();
            whole.accept(body.getBytes());
          }
        });
    request.exceptionHandler(gone -> exchange.abort());
    exchange.at(
        Duration.ofMillis(limits.bodyTimeoutMs()), () -> refused.accept(Rejection.BODY_INCOMPLETE));
  }

  // A length that is no number never comes here: the HTTP decoder refuses it.
  private static long declaredLength(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null ? 0 : Long.parseLong(length.trim());
  }
}
