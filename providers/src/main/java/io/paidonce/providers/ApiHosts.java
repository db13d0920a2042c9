package io.paidonce.providers;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a provider is asked: its own hosts, or those that a configuration names instead. */
public final class ApiHosts {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final int LONGEST_NOTIFY_URL = 256;

  private ApiHosts() {}

  /**
   * Reads base addresses, such as {@code https://api.mch.weixin.qq.com}; incomplete where a problem
   * was reported. Only loopback may go without TLS, for a simulated provider on the same machine.
   */
  public static List<URI> read(List<String> configured, Problems problems) {
    List<URI> hosts = new ArrayList<>();
    for (int i = 0; i < configured.size(); i++) {
      URI host = parsed(configured.get(i));
      if (host == null) {
        problems
            .at(i)
            .add(
                "must be an address like https://host, without user, query, fragment or a slash at"
                    + " its end; http only on this machine.");
      } else {
        hosts.add(host);
      }
    }
    return List.copyOf(hosts);
  }

  /**
   * Checks an address of ours that a provider is to call, by the same rule: TLS, no user, query or
   * fragment; http only on this machine.
   */
  public static void checkNotifyUrl(String configured, Problems problems) {
    if (parsed(configured) == null || configured.length() > LONGEST_NOTIFY_URL) {
      problems.add(
          "must be an address like https://host/path of at most "
              + LONGEST_NOTIFY_URL
              + " characters, without user, query, fragment or a slash at its end; http only on"
              + " this machine.");
    }
  }

  private static @Nullable URI parsed(String text) {
    try {
      URI uri = URI.create(text);
      boolean safe =
          "https".equals(uri.getScheme())
              || ("http".equals(uri.getScheme())
                  && LOOPBACK.contains(String.valueOf(uri.getHost())));
      return safe
              && uri.getHost() != null
              && uri.getRawUserInfo() == null
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null
              && !text.endsWith("/")
          ? uri
          : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
