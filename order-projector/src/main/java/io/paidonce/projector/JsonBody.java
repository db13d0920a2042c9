package io.paidonce.projector;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request: one JSON object of known fields. Nothing is guessed: an unknown field may
 * be a misspelt one, and who acts is never read from a body.
 */
final class JsonBody {

  private static final int MOST_BYTES = 8 << 10;
  private static final long PATIENCE_MS = 5_000;
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final JsonNode content;

  private JsonBody(JsonNode content) {
    this.content = content;
  }

  /**
   * Reads it and goes on; refuses by itself what is too large, too slow or no JSON.
   *
   * @param fields that it may have
   * @param then what to do with it; a {@link BadQuestionException} that it throws is answered
   */
  static void read(
      Vertx vertx, HttpServerRequest request, List<Param> fields, Consumer<JsonBody> then) {
    requireJson(request.getHeader("content-type"));
    Buffer body = Buffer.buffer();
    long late =
        vertx.setTimer(
            PATIENCE_MS,
            now ->
                refuse(
                    request,
                    new Problem(
                        408,
                        "Request timeout",
                        "the body did not arrive whole within " + PATIENCE_MS / 1_000 + " s",
                        "Send it again.")));
    request.response().closeHandler(closed -> vertx.cancelTimer(late));
    request.handler(
        part -> {
          if (body.length() + part.length() > MOST_BYTES) {
            vertx.cancelTimer(late);
            refuse(
                request,
                new Problem(
                    413,
                    "Content too large",
                    "the body has more than " + MOST_BYTES + " bytes",
                    "Shorten the reason."));
          } else {
            body.appendBuffer(part);
          }
        });
    request.endHandler(
        ended -> {
          vertx.cancelTimer(late);
          if (!request.response().ended()) {
            try {
              then.accept(of(body.getBytes(), fields));
            } catch (BadQuestionException e) {
              e.problem().send(request.response());
            }
          }
        });
  }

  // What comes after it is not read: the connection ends.
  private static void refuse(HttpServerRequest request, Problem problem) {
    if (!request.response().ended()) {
      request.response().putHeader("connection", "close");
      problem.send(request.response());
    }
  }

  private static void requireJson(@Nullable String type) {
    if (type == null
        || !type.toLowerCase(Locale.ROOT).split(";", 2)[0].strip().equals("application/json")) {
      throw new BadQuestionException(
          new Problem(
                  415,
                  "Unsupported media type",
                  "the body is no application/json",
                  "Send Content-Type: application/json.")
              .of("content-type"));
    }
  }

  /** Of bytes that arrived. */
  static JsonBody of(byte[] bytes, List<Param> fields) {
    JsonNode content;
    try {
      content = JSON.readTree(bytes);
    } catch (IOException e) {
      throw bad("body", "the body can't be read as JSON, or names a field twice", fields);
    }
    if (!content.isObject()) {
      throw bad("body", "the body is no JSON object", fields);
    }
    for (String name : (Iterable<String>) content::fieldNames) {
      if (fields.stream().noneMatch(field -> field.name().equals(name))) {
        throw bad("body", "the body has a field that is not known here", fields);
      }
    }
    JsonBody body = new JsonBody(content);
    fields.forEach(body::check);
    return body;
  }

  private void check(Param field) {
    JsonNode value = content.path(field.name());
    if (value.isMissingNode() || value.isNull()) {
      if (field.isRequired()) {
        throw bad(field.name(), field.name() + " is missing", List.of(field));
      }
    } else if (field.schema().path("type").asText().equals("integer")
        ? !isWhole(value, field)
        : !isText(value, field)) {
      throw bad(field.name(), field.name() + " is not what it must be", List.of(field));
    }
  }

  private static boolean isWhole(JsonNode value, Param field) {
    return value.isIntegralNumber()
        && value.canConvertToLong()
        && value.longValue() >= field.schema().path("minimum").asLong()
        && value.longValue() <= field.schema().path("maximum").asLong();
  }

  private static boolean isText(JsonNode value, Param field) {
    return value.isTextual()
        && !value.textValue().isBlank()
        && value.textValue().length() <= field.schema().path("maxLength").asInt()
        && value.textValue().chars().noneMatch(Character::isISOControl);
  }

  String text(String field) {
    return content.path(field).asText();
  }

  Optional<String> ifText(String field) {
    return content.hasNonNull(field) ? Optional.of(text(field)) : Optional.empty();
  }

  @Nullable Long ifNumber(String field) {
    return content.hasNonNull(field) ? (Long) content.path(field).longValue() : null;
  }

  private static BadQuestionException bad(String field, String detail, List<Param> fields) {
    return new BadQuestionException(
        Problem.badRequest(
                detail,
                fields.stream()
                    .map(
                        one ->
                            one.name() + (one.isRequired() ? " (required): " : ": ") + one.schema())
                    .collect(Collectors.joining("; ", "Known here: ", ".")))
            .of(field));
  }
}
