package io.paidonce.providers;

import static java.util.Objects.requireNonNull;

/**
 * What is answered to a provider, in its dialect.
 *
 * @param status HTTP status
 * @param contentType value of the header of that name
 * @param body the exact text, ASCII
 */
public record CallbackAnswer(int status, String contentType, String body) {

  public CallbackAnswer {
    requireNonNull(contentType, "contentType");
    requireNonNull(body, "body");
  }
}
