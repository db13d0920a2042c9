package io.paidonce.gateway;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.paidonce.providers.Doubt;
import io.paidonce.providers.KeyDownload;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How downloads of keys end: counted, and which accounts can't download just now. */
final class KeyDownloadMeters {

  static final String DOWNLOADS = "paidonce.gateway.key.downloads";
  static final String FAILING = "paidonce.gateway.key.downloads.failing";

  private final MeterRegistry registry;
  private final Map<String, Doubt> failing = new ConcurrentHashMap<>();

  KeyDownloadMeters(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder(FAILING, failing, Map::size)
        .description("Accounts whose last download of keys brought nothing")
        .register(registry);
  }

  /** Forgets accounts that are served no more. */
  void keep(Collection<Accounts.Downloading> served) {
    if (!failing.isEmpty()) {
      failing.keySet().retainAll(served.stream().map(Accounts.Downloading::path).toList());
    }
  }

  /**
   * Whether it ended otherwise than the account's last one: what fails each minute is said once.
   */
  boolean ended(String path, KeyDownload.Result result) {
    Doubt doubt = result.doubt();
    registry.counter(DOWNLOADS, "outcome", doubt == null ? "taken" : doubt.name()).increment();
    return doubt == null ? failing.remove(path) != null : !doubt.equals(failing.put(path, doubt));
  }
}
