package io.paidonce.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.paidonce.contract.Rejection;
import io.paidonce.providers.Account;
import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.ApiReply;
import io.paidonce.providers.ApiTransport;
import io.paidonce.providers.CallbackAnswer;
import io.paidonce.providers.CallbackProtocol;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.Doubt;
import io.paidonce.providers.KeyDownload;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever wishes for keys, however many: how many downloads begin, and what a broken one costs. */
class KeyDownloadsTest {

  private static final ApiTransport NOBODY =
      request -> new ApiReply.Failed(ApiReply.Failure.NOT_SENT, "in a test");

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-31T12:00:00Z"));
  private final Clock clock =
      new Clock() {
        @Override
        public ZoneOffset getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return now.get();
        }
      };
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final KeyDownloadMeters meters = new KeyDownloadMeters(registry);
  private final Map<String, AtomicInteger> downloads = new ConcurrentHashMap<>();
  private final AtomicInteger changes = new AtomicInteger();
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private final Semaphore gate = new Semaphore(0);
  private volatile KeyDownload.Result result = new KeyDownload.Result(1, true, null, "in a test");
  private volatile boolean broken;
  private KeyDownloads running;

  @AfterEach
  void close() {
    gate.release(1_000_000);
    if (running != null) {
      running.close();
    }
  }

  @Test
  void allOfThemTogetherBeginFiveASecond() {
    start(100);
    gate.release(1_000_000);
    int begun = running.look();
    assertThat(begun).isEqualTo(KeyDownloads.BURST);
    assertThat(running.look()).isZero();
    for (int second = 0; second < 18; second++) {
      now.set(now.get().plusSeconds(1));
      begun += running.look();
    }
    // Each of them once: those in front come again only behind the others.
    assertThat(begun).isEqualTo(100);
    await().atMost(Duration.ofSeconds(10)).until(() -> total() == 100);
    assertThat(downloads.values()).allSatisfy(count -> assertThat(count).hasValue(1));
    assertThat(changes).hasValue(100);
  }

  @Test
  void aSlowProviderHoldsTwoThreadsAndOneDownloadOfAnAccount() {
    start(3);
    running.look();
    now.set(now.get().plusSeconds(60));
    assertThat(running.look()).as("all are under way").isZero();
    await().atMost(Duration.ofSeconds(10)).until(() -> atOnce.get() == 2);
    gate.release(1_000);
    await().atMost(Duration.ofSeconds(10)).until(() -> total() == 3);
    assertThat(mostAtOnce).hasValue(2);
  }

  @Test
  void whatFailsIsCountedAndNoReasonToStop() {
    start(1);
    gate.release(1_000);
    result = new KeyDownload.Result(1, false, Doubt.TIMED_OUT, "in a test");
    nextLook(1);
    await().atMost(Duration.ofSeconds(10)).until(() -> failing() == 1);
    assertThat(count("TIMED_OUT")).isPositive();
    broken = true;
    nextLook(2);
    broken = false;
    result = new KeyDownload.Result(1, false, null, "in a test");
    nextLook(3);
    await().atMost(Duration.ofSeconds(10)).until(() -> failing() == 0);
    assertThat(count("taken")).isPositive();
    assertThat(changes).hasValue(0);
  }

  @Test
  void anAccountThatIsGoneFailsNoMore() {
    AtomicReference<Accounts> accounts = new AtomicReference<>(accounts(1));
    running = new KeyDownloads(accounts::get, NOBODY, meters, changes::incrementAndGet, clock);
    gate.release(1_000);
    result = new KeyDownload.Result(0, false, Doubt.NOT_SENT, "in a test");
    nextLook(1);
    await().atMost(Duration.ofSeconds(10)).until(() -> failing() == 1);
    accounts.set(Accounts.open(List.of(), List.of(), Problems.none()));
    running.look();
    assertThat(failing()).isZero();
  }

  private void nextLook(int expected) {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              now.set(now.get().plusSeconds(60));
              running.look();
              return total() >= expected;
            });
  }

  private int total() {
    return downloads.values().stream().mapToInt(AtomicInteger::get).sum();
  }

  private double failing() {
    return registry.get(KeyDownloadMeters.FAILING).gauge().value();
  }

  private double count(String outcome) {
    return registry.get(KeyDownloadMeters.DOWNLOADS).tag("outcome", outcome).counter().count();
  }

  private void start(int accounts) {
    Accounts all = accounts(accounts);
    running = new KeyDownloads(() -> all, NOBODY, meters, changes::incrementAndGet, clock);
  }

  private Accounts accounts(int count) {
    Problems problems = Problems.none();
    Accounts accounts =
        Accounts.open(
            IntStream.range(0, count).<AccountConfig>mapToObj(i -> new Config("a" + i)).toList(),
            List.of(new Speaking()),
            problems);
    assertThat(problems.lines()).isEmpty();
    return accounts;
  }

  private record Config(String id) implements AccountConfig {
    @Override
    public String protocol() {
      return "speaking";
    }

    @Override
    public String shop() {
      return "s";
    }
  }

  /** Wishes for keys a minute after each download began. */
  private final class Wishing implements Account, KeyDownload {
    private final String id;
    private volatile Instant next = Instant.MIN;

    private Wishing(String id) {
      this.id = id;
    }

    @Override
    public boolean isDue(Instant at) {
      return !at.isBefore(next);
    }

    @Override
    public Result download(
        ApiTransport transport, RandomGenerator random, String deliveryId, Instant at) {
      next = at.plusSeconds(60);
      mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
      gate.acquireUninterruptibly();
      atOnce.decrementAndGet();
      downloads.computeIfAbsent(id, same -> new AtomicInteger()).incrementAndGet();
      if (broken) {
        throw new IllegalStateException("in a test");
      }
      return result;
    }

    @Override
    public void continueFrom(KeyDownload earlier) {
      throw new AssertionError("nothing is loaded again here");
    }

    @Override
    public Optional<KeyDownload> keyDownload() {
      return Optional.of(this);
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public String shop() {
      return "s";
    }

    @Override
    public Verdict receive(CallbackRequest request) {
      return new Verdict.Refused(Rejection.UNKNOWN_KEY, "in a test");
    }
  }

  private final class Speaking implements CallbackProtocol<Config> {
    @Override
    public String id() {
      return "speaking";
    }

    @Override
    public String provider() {
      return "speaking";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Optional<Account> open(Config config, Problems problems) {
      return Optional.of(new Wishing(config.id()));
    }

    @Override
    public CallbackAnswer accepted() {
      return new CallbackAnswer(200, "text/plain", "ok");
    }

    @Override
    public CallbackAnswer declined(Rejection rejection) {
      return new CallbackAnswer(rejection.httpStatus(), "text/plain", "no");
    }
  }
}
