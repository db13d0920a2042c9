package io.paidonce.projector;

/**
 * One kind of answer that an address gives, as the API's description names it.
 *
 * @param type of its content; empty where it has none
 * @param schema the name of its content's schema; empty for a text
 * @param about one sentence
 */
record Reply(int status, String type, String schema, String about) {

  static Reply json(int status, String schema, String about) {
    return new Reply(status, "application/json", schema, about);
  }

  static Reply text(String type, String about) {
    return new Reply(200, type, "", about);
  }

  static Reply empty(int status, String about) {
    return new Reply(status, "", "", about);
  }

  static Reply problem(int status, String about) {
    return new Reply(status, "application/problem+json", "Problem", about);
  }
}
