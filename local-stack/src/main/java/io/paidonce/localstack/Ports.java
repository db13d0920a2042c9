package io.paidonce.localstack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds ports on 127.0.0.1. Free ones are drawn from below every system's range for outgoing
 * connections: a client that keeps dialling a killed server's port may otherwise be given that very
 * port for itself, and the restart would find it taken.
 */
final class Ports {
  static final String HOST = "127.0.0.1";

  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;
  private static final int TRIES = 1_000;

  private Ports() {}

  /** Returns the wished port if it is free, or any free one when the wish is 0. */
  static int choose(int wished, String server) {
    if (wished < 0 || wished > 65_535) {
      throw new IllegalArgumentException("Port must be 0 to 65535, got " + wished);
    }
    if (wished == 0) {
      return free();
    }
    requireFree(wished, server);
    return wished;
  }

  static int free() {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (isFree(port)) {
        return port;
      }
    }
    throw new LocalStackException(
        "No free port found on " + HOST + " between " + LOWEST + " and " + HIGHEST);
  }

  static void requireFree(int port, String server) {
    if (!isFree(port)) {
      throw new LocalStackException(
          "Port %d on %s is already in use (or may not be opened by this user), so %s can't listen there; stop what uses it or choose another port"
              .formatted(port, HOST, server));
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // As the servers do themselves: connections still in TIME_WAIT must not stop a restart.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
