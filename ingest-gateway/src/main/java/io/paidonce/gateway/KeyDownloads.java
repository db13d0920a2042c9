package io.paidonce.gateway;

import io.paidonce.providers.ApiTransport;
import io.paidonce.providers.KeyDownload;
import io.paidonce.providers.RateLimit;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Downloads the keys that providers hand out themselves, off the request path: one at a time for an
 * account, two at a time of all, and five a second at most, whoever wishes for them. A provider
 * that is away, slow or forged costs nobody an answer: the last good keys are served on.
 */
final class KeyDownloads implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(KeyDownloads.class);
  private static final long LOOK_EVERY_MS = 1_000;
  private static final int AT_ONCE = 2;
  private static final int PER_SECOND = 5;

  /** How many downloads may begin at once after a rest. */
  static final int BURST = 10;

  private final Supplier<Accounts> accounts;
  private final ApiTransport transport;
  private final KeyDownloadMeters meters;
  private final Runnable keysChanged;
  private final DeliveryIds deliveryIds;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "paidonce-keys"));
  private final ExecutorService asking =
      Executors.newFixedThreadPool(AT_ONCE, task -> daemon(task, "paidonce-key-download"));
  private RateLimit limit;
  private int next;

  KeyDownloads(
      Supplier<Accounts> accounts,
      ApiTransport transport,
      KeyDownloadMeters meters,
      Runnable keysChanged,
      Clock clock) {
    this.accounts = accounts;
    this.transport = transport;
    this.meters = meters;
    this.keysChanged = keysChanged;
    this.deliveryIds = new DeliveryIds(clock);
    this.clock = clock;
    this.limit = RateLimit.perSecond(PER_SECOND, BURST, clock.instant());
  }

  /** Looks at once, and from then on each second. */
  KeyDownloads begin() {
    Future<?> unused =
        looking.scheduleWithFixedDelay(this::look, 0, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
    return this;
  }

  /** Begins the downloads that are due, as far as the limit of all lets them. */
  synchronized int look() {
    List<Accounts.Downloading> all = accounts.get().downloading();
    meters.keep(all);
    int begun = 0;
    int seen = 0;
    // It goes on where the limit stopped it, so that those in front can't starve the others.
    while (seen < all.size() && limit.allows(clock.instant())) {
      Accounts.Downloading account = all.get((next + seen) % all.size());
      seen++;
      Instant now = clock.instant();
      if (account.download().isDue(now) && underWay.add(account.path())) {
        limit = limit.asked(now);
        begun++;
        Future<?> unused = asking.submit(() -> download(account));
      }
    }
    next = all.isEmpty() ? 0 : (next + seen) % all.size();
    return begun;
  }

  private void download(Accounts.Downloading account) {
    try {
      KeyDownload.Result result =
          account.download().download(transport, random, deliveryIds.next(), clock.instant());
      boolean isNews = meters.ended(account.path(), result);
      if (result.changed()) {
        keysChanged.run();
        LOG.info("Keys of account {} downloaded: {}", account.path(), result.explanation());
      } else if (isNews && result.isTaken()) {
        LOG.info("Keys of account {} are downloaded again", account.path());
      } else if (isNews) {
        LOG.warn(
            "Keys of account {} can't be downloaded, the {} last good ones are served on: {}, {}",
            account.path(),
            result.keys(),
            result.doubt(),
            result.explanation());
      }
    } catch (RuntimeException e) {
      LOG.error("A download of keys of {} broke: {}", account.path(), Causes.place(e));
    } finally {
      underWay.remove(account.path());
    }
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    looking.shutdownNow();
    asking.shutdownNow();
  }
}
