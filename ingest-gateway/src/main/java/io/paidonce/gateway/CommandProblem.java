package io.paidonce.gateway;

import java.util.Locale;

/**
 * Every way a command by HTTP can end without being stored, as RFC 9457 problem details. Whether to
 * send it again is said, not left to guess: the same command with the same id is always safe.
 */
enum CommandProblem {
  NOT_FOUND(404, false, "There is no such path."),
  METHOD_NOT_ALLOWED(405, false, "Commands are POST requests."),
  UNAUTHORIZED(401, false, "The request has no bearer token that is accepted here."),
  SHOP_NOT_ALLOWED(403, false, "This token may not change orders of that shop."),
  COMMAND_ID_MISSING(
      400, false, "Send one Idempotency-Key (or X-Request-ID) of 1 to 200 printable characters."),
  MALFORMED(400, false, "The request can't be read as a command."),
  UNSUPPORTED_MEDIA_TYPE(415, false, "A command is application/json."),
  BODY_TOO_LARGE(413, false, "The body is larger than a command can be."),
  BODY_INCOMPLETE(408, true, "The body did not arrive whole within the time limit."),
  OVERLOADED(503, true, "Too many commands are under way."),
  SHUTTING_DOWN(503, true, "The gateway is stopping."),
  NOT_STORED(
      503,
      true,
      "Kafka did not confirm in time that the command is stored. It may be: repeat it with the same"
          + " id.");

  private final int status;
  private final boolean retryable;
  private final String sentence;

  CommandProblem(int status, boolean retryable, String sentence) {
    this.status = status;
    this.retryable = retryable;
    this.sentence = sentence;
  }

  int status() {
    return status;
  }

  /** Whether the same request may go well later without anybody changing it. */
  boolean retryable() {
    return retryable;
  }

  String sentence() {
    return sentence;
  }

  /** The problem's {@code type}. */
  String type() {
    return "urn:paidonce:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
