package io.paidonce.gateway;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one kind of path that is served, {@code /callbacks/{protocol}/{account}}. Taken literally:
 * nothing is percent-decoded, since no id of ours needs it.
 */
record Route(String protocol, String account) {

  private static final String PREFIX = "/callbacks/";

  static Optional<Route> of(@Nullable String path) {
    if (path == null || !path.startsWith(PREFIX)) {
      return Optional.empty();
    }
    int slash = path.indexOf('/', PREFIX.length());
    if (slash < 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Route(path.substring(PREFIX.length(), slash), path.substring(slash + 1)));
  }

  String path() {
    return PREFIX + protocol + "/" + account;
  }
}
