package io.paidonce.localstack;

import java.io.IOException;

/** Signals that Java's own process API can't send. */
enum Signal {
  STOP,
  CONT;

  /**
   * Sends this signal.
   *
   * @throws UnsupportedOperationException on Windows, which has no such signals
   */
  void send(long pid) {
    if (Platform.isWindows()) {
      throw new UnsupportedOperationException("Windows can't pause a process by a signal");
    }
    try {
      Process kill =
          new ProcessBuilder("kill", "-" + name(), Long.toString(pid))
              .redirectErrorStream(true)
              .start();
      String output = new String(kill.getInputStream().readAllBytes(), Platform.CHARSET);
      int code = kill.waitFor();
      if (code != 0) {
        throw new LocalStackException(
            "Signal %s to process %d failed: %s".formatted(name(), pid, output.strip()));
      }
    } catch (IOException e) {
      throw new LocalStackException("The command 'kill' can't be run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalStackException("Interrupted while sending a signal", e);
    }
  }

  /** Sends this signal to a process that may end at any time; nothing happens if it has. */
  void sendIfAlive(ProcessHandle process) {
    try {
      send(process.pid());
    } catch (LocalStackException e) {
      if (ChildProcess.isRunning(process)) {
        throw e;
      }
    }
  }
}
