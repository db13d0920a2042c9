package io.paidonce.launcher.config;

/** A secret that is not to be had. The message says where and what to mend, never what was read. */
final class NoSecretException extends Exception {

  private static final long serialVersionUID = 1L;

  NoSecretException(String sentence) {
    super(sentence);
  }

  String sentence() {
    return String.valueOf(getMessage());
  }
}
