package io.paidonce.gateway;

import static io.paidonce.gateway.RunningGateway.NOW;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paidonce.contract.RawBytes;
import io.paidonce.providers.SignedCallback;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Senders who want to hold the gateway up hold up nobody but themselves. */
class HostileConnectionsIT {

  private static final Duration PATIENCE_OF_A_PROVIDER = Duration.ofSeconds(5);
  private static final Duration CUT_WITHIN = Duration.ofSeconds(20);
  private static final int SLOW = 500;
  private static final int FLOODING_EACH = 4;
  private static final int GOOD = 2;

  private static final String NOTHING_IN_FLIGHT = "paidonce_gateway_in_flight_bytes 0.0";
  private static final String HEAD = "POST " + Shops.ALIPAY + " HTTP/1.1\r\nHost: h\r\n";
  private static final List<String> SLOW_BEGINNINGS =
      List.of(
          "",
          HEAD + "X-Slow: ",
          HEAD + "Content-Length: 60000\r\n\r\n",
          HEAD + "Transfer-Encoding: chunked\r\n\r\n");

  /** What is sent over and over, until the gateway closes. */
  private record Flood(String beginning, String endless) {}

  private static final List<Flood> FLOODS =
      List.of(
          new Flood(
              HEAD + "Transfer-Encoding: chunked\r\n\r\n", "400\r\n" + "x".repeat(1_024) + "\r\n"),
          new Flood(HEAD + "Transfer-Encoding: chunked\r\n\r\n", "1;" + "e".repeat(2_000)),
          new Flood(HEAD, "X-Flood: " + "x".repeat(500) + "\r\n"),
          new Flood(HEAD + "X-Long: ", "x".repeat(1_024)),
          new Flood(
              HEAD + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
              "5\r\nhello\r\n0\r\n\r\n"),
          new Flood("", "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nContent-Length: 3\r\n"));

  private final ConcurrentLinkedQueue<RawBytes> accepted = new ConcurrentLinkedQueue<>();
  private final AtomicInteger cut = new AtomicInteger();
  private final AtomicBoolean over = new AtomicBoolean();

  @Test
  void goodCallbacksAreAcknowledgedInTimeWhileHostileSendersAreCut() throws Exception {
    ExecutorService senders = Executors.newCachedThreadPool();
    try (RunningGateway running = RunningGateway.onTheSharedBroker();
        SlowSenders slow =
            SlowSenders.connect(running.gateway.callbackPort(), SLOW, SLOW_BEGINNINGS)) {
      int port = running.gateway.callbackPort();
      assertThat(slow.open()).isEqualTo(SLOW);
      List<Future<?>> sending = new ArrayList<>();
      for (int i = 0; i < GOOD; i++) {
        sending.add(senders.submit(() -> sendGood(port)));
      }
      for (Flood flood : FLOODS) {
        for (int i = 0; i < FLOODING_EACH; i++) {
          sending.add(senders.submit(() -> flood(port, flood)));
        }
      }
      await().atMost(CUT_WITHIN).until(() -> slow.open() == 0);
      over.set(true);
      for (Future<?> future : sending) {
        future.get(CUT_WITHIN.toSeconds(), TimeUnit.SECONDS);
      }
      assertThat(accepted).hasSizeGreaterThan(GOOD);
      assertThat(cut.get()).isGreaterThanOrEqualTo(FLOODS.size() * FLOODING_EACH);
      await().until(() -> running.manage("/metrics").body().contains(NOTHING_IN_FLIGHT));
      Set<RawBytes> stored = new HashSet<>();
      running.notifications.read().forEach(r -> stored.add(r.value().evidence().body()));
      assertThat(stored).containsExactlyInAnyOrderElementsOf(accepted);
    } finally {
      over.set(true);
      senders.shutdownNow();
    }
  }

  // Each on a connection of its own, as the first callback after a pause is.
  private void sendGood(int port) {
    while (!over.get()) {
      SignedCallback callback = Shops.wechatSigner().payment(Shops.notice(NOW), NOW);
      long began = System.nanoTime();
      RawHttp.Answer answer = RawHttp.exchange(port, Shops.request(Shops.WECHAT_A, callback));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PATIENCE_OF_A_PROVIDER);
      accepted.add(callback.body());
    }
  }

  private void flood(int port, Flood flood) {
    while (!over.get()) {
      try (RawHttp http = RawHttp.connect(port)) {
        http.send(flood.beginning());
        byte[] endless = flood.endless().getBytes(ISO_8859_1);
        long began = System.nanoTime();
        while (System.nanoTime() - began < CUT_WITHIN.toNanos()) {
          http.send(endless);
        }
        throw new AssertionError("still open: " + flood.beginning());
      } catch (UncheckedIOException closed) {
        cut.incrementAndGet();
      }
    }
  }
}
