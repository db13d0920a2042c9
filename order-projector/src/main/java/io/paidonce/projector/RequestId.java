package io.paidonce.projector;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.regex.Pattern;

/** The id that a caller gives a request, so that repeating it changes nothing. */
final class RequestId {

  private static final Pattern FORM = Pattern.compile("[\\x21-\\x7E]{1,200}");
  private static final List<String> HEADERS = List.of("idempotency-key", "x-request-id");

  private RequestId() {}

  /**
   * The one id of a request; the draft standard writes it as a quoted string, most senders bare.
   *
   * @throws BadQuestionException if there is none, or more than one
   */
  static String of(HttpServerRequest request) {
    for (String header : HEADERS) {
      List<String> values = request.headers().getAll(header);
      if (!values.isEmpty()) {
        String id = values.get(0).strip();
        if (id.matches("\"[^\"]*\"")) {
          id = id.substring(1, id.length() - 1);
        }
        if (values.size() == 1 && FORM.matcher(id).matches()) {
          return id;
        }
        break;
      }
    }
    throw new BadQuestionException(
        Problem.badRequest(
                "there is no id that would make repeating this harmless",
                "Send one Idempotency-Key (or X-Request-ID) of 1 to 200 printable characters.")
            .of("idempotency-key"));
  }
}
