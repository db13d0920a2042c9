package io.paidonce.launcher;

import java.util.Arrays;

/** Which logback configuration a run has; chosen before the first logger is made. */
final class Logging {

  private static final String CHOICE = "logback.configurationFile";

  private Logging() {}

  /** Lines for people, JSON lines with {@code PAIDONCE_LOG=json}, files for quickstart. */
  static void choose(String[] args) {
    if (System.getProperty(CHOICE) != null) {
      return;
    }
    if (Arrays.asList(args).contains("quickstart")) {
      System.setProperty("paidonce.logs", Home.find().quickstart().resolve("logs").toString());
      System.setProperty(CHOICE, "logback-quickstart.xml");
    } else if ("json".equals(System.getenv("PAIDONCE_LOG"))) {
      System.setProperty(CHOICE, "logback-json.xml");
    }
  }
}
