package io.paidonce.launcher.quickstart;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.function.Consumer;

/**
 * The TCP ports of a quickstart; 0 is any free one.
 *
 * @param callbacks where providers' callbacks come in
 * @param api where orders are asked for
 * @param gateway health and metrics of the gateway
 * @param streams health and metrics of the topology
 * @param projector health and metrics of the projector
 * @param reconciler health and metrics of the reconciler
 */
public record QuickstartPorts(
    int callbacks, int api, int gateway, int streams, int projector, int reconciler) {

  /** The ports that the documentation names. */
  public static QuickstartPorts standard() {
    return new QuickstartPorts(8080, 8081, 9090, 9091, 9094, 9095);
  }

  /** Any free ones. */
  public static QuickstartPorts free() {
    return new QuickstartPorts(0, 0, 0, 0, 0, 0);
  }

  /**
   * The same, with a free port in place of each 0 and of each taken one, which {@code told} hears.
   */
  QuickstartPorts chosen(Consumer<String> told) {
    return new QuickstartPorts(
        choose(callbacks, told),
        choose(api, told),
        choose(gateway, told),
        choose(streams, told),
        choose(projector, told),
        choose(reconciler, told));
  }

  private static int choose(int wished, Consumer<String> told) {
    try {
      return probe(wished);
    } catch (BindException e) {
      int free = probeFree();
      told.accept("port " + wished + " is taken; using " + free);
      return free;
    }
  }

  private static int probeFree() {
    try {
      return probe(0);
    } catch (BindException e) {
      throw new IllegalStateException("no TCP port is free on 127.0.0.1", e);
    }
  }

  // Closed again at once: between here and its use another program could take it, and is told so.
  private static int probe(int port) throws BindException {
    try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    } catch (BindException e) {
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException("port " + port + " can't be tried: " + e.getMessage(), e);
    }
  }
}
