package io.paidonce.contract;

/**
 * Every way the gateway can decline a callback: a stable id (the constant's name), one sentence for
 * the operator, and the HTTP status. The sender never learns which one it was.
 */
public enum Rejection {
  UNKNOWN_ROUTE(404, "No provider protocol is served at this path."),
  UNKNOWN_ACCOUNT(404, "No account of this protocol is configured under this id."),
  SOURCE_NOT_ALLOWED(403, "The sender's address is not among those that may send here."),
  METHOD_NOT_ALLOWED(405, "Callbacks are POST requests."),
  BODY_TOO_LARGE(413, "The body is larger than the configured limit."),
  BODY_INCOMPLETE(408, "The body did not arrive whole within the time limit."),
  MALFORMED_REQUEST(400, "The request can't be read as the protocol's format."),
  MISSING_SIGNATURE_FIELD(
      401, "A header or parameter that the signature needs is absent or blank."),
  REPEATED_SIGNATURE_FIELD(401, "A header or parameter that must be single occurs more than once."),
  UNSUPPORTED_ALGORITHM(
      401, "The request asks for a signature algorithm this account does not use."),
  STALE_TIMESTAMP(401, "The signed timestamp is too far from our clock."),
  UNKNOWN_KEY(401, "The key id or serial is none of this account's keys."),
  KEY_RETIRED(401, "The key that signed was accepted until a stated time, which is over."),
  SIGNATURE_MISMATCH(401, "The signature does not fit the bytes received."),
  SIGNATURE_PROBE(401, "The provider tests us with a wrong signature on purpose; it will retry."),
  UNDECIPHERABLE(
      503, "The signature is good but the content does not decrypt: a key is not deployed here."),
  TOO_MANY_FAILURES(429, "Too much that nobody signed comes from this source."),
  SHOP_LIMIT(503, "The shop has more callbacks at once, or more a second, than its limit."),
  OVERLOADED(503, "Too many bytes are in flight."),
  SHUTTING_DOWN(503, "The gateway is stopping."),
  NOT_STORED(503, "Kafka did not confirm in time that the notification is stored.");

  private final int httpStatus;
  private final String sentence;

  Rejection(int httpStatus, String sentence) {
    this.httpStatus = httpStatus;
    this.sentence = sentence;
  }

  /** The HTTP status of the answer; never 2xx. */
  public int httpStatus() {
    return httpStatus;
  }

  /** What it means, for the operator. */
  public String sentence() {
    return sentence;
  }
}
