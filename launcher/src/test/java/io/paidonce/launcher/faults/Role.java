package io.paidonce.launcher.faults;

import java.util.Locale;

/** What the launcher can run as a process, each with a heap that two cores bear. */
enum Role {
  GATEWAY("192m"),
  STREAMS("256m"),
  PROJECTOR("192m");

  private final String heap;

  Role(String heap) {
    this.heap = heap;
  }

  String command() {
    return name().toLowerCase(Locale.ROOT);
  }

  String heap() {
    return heap;
  }
}
