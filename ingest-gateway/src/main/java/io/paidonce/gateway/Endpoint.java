package io.paidonce.gateway;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.paidonce.providers.Problems;

/**
 * Where a server listens.
 *
 * @param host address or name of a local interface
 * @param port TCP port; 0 for any free one
 */
public record Endpoint(
    @JsonProperty(required = true) String host, @JsonProperty(required = true) int port) {

  private static final int LARGEST_PORT = 65_535;

  public Endpoint {
    requireNonNull(host, "host");
  }

  void check(Problems problems) {
    if (host.isBlank()) {
      problems.in("host").add("is blank; name a local address such as 0.0.0.0 or 127.0.0.1");
    }
    if (port < 0 || port > LARGEST_PORT) {
      problems.in("port").add("is " + port + "; a port is 0 (any free one) to " + LARGEST_PORT);
    }
  }

  boolean collidesWith(Endpoint other) {
    return port != 0 && port == other.port && host.equals(other.host);
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
