package io.paidonce.gateway;

import static io.paidonce.gateway.RunningGateway.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paidonce.contract.RawBytes;
import io.paidonce.providers.SignedCallback;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Stopping under load: whatever was answered success is stored, and the rest was not. */
class DrainIT {

  private static final int SENDERS = 8;

  private final ConcurrentLinkedQueue<RawBytes> accepted = new ConcurrentLinkedQueue<>();
  private final AtomicInteger declined = new AtomicInteger();
  private final AtomicBoolean over = new AtomicBoolean();

  @Test
  void everyAttemptIsEitherStoredOrNotAcknowledged() throws Exception {
    ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
    try (RunningGateway running = RunningGateway.onTheSharedBroker()) {
      int port = running.gateway.callbackPort();
      var sending =
          IntStream.range(0, SENDERS).<Future<?>>mapToObj(i -> senders.submit(() -> send(port)));
      var futures = sending.toList();
      await().until(() -> accepted.size() > 200);
      running.gateway.close();
      over.set(true);
      for (Future<?> future : futures) {
        future.get(20, TimeUnit.SECONDS);
      }
      Set<RawBytes> stored = new HashSet<>();
      running.notifications.read().forEach(r -> stored.add(r.value().evidence().body()));
      assertThat(declined.get()).as("the load outlived the gateway").isPositive();
      assertThat(stored).containsAll(accepted);
    } finally {
      senders.shutdownNow();
    }
  }

  private void send(int port) {
    while (!over.get()) {
      try (RawHttp http = RawHttp.connect(port)) {
        boolean open = true;
        while (open && !over.get()) {
          SignedCallback callback = Shops.wechatSigner().payment(Shops.notice(NOW), NOW);
          http.send(Shops.request(Shops.WECHAT_A, callback));
          if (http.answer().status() == 200) {
            accepted.add(callback.body());
          } else {
            declined.incrementAndGet();
            open = false;
          }
        }
      } catch (UncheckedIOException e) {
        declined.incrementAndGet();
      }
    }
  }
}
