package io.paidonce.benchmarks.readstore;

import io.paidonce.benchmarks.load.Latencies;
import io.paidonce.benchmarks.load.Phase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * Asks for orders by any id at a constant rate. A question's time counts from when it was due, so
 * that one which had to wait for another has waited.
 */
final class Questions {

  /** More than ever wait at once, unless the answers take longer than a second. */
  private static final int THREADS = 64;

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final long LONGEST_MICROS = 60_000_000;
  private static final int DIGITS = 3;
  private static final int OK = 200;

  private final String api;
  private final int orders;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

  /** What an order is asked for by. */
  enum Id {
    ORDER_NO,
    TRANSACTION_ID,
    NOTIFICATION_ID,
    REFUND_ID;

    String of(int number) {
      return switch (this) {
        case ORDER_NO -> Phase.SATURATION.orderNo(number);
        case TRANSACTION_ID -> Phase.SATURATION.transactionId(number);
        case NOTIFICATION_ID -> LifeOfOrders.noticeId(number);
        case REFUND_ID -> LifeOfOrders.refundId(number);
      };
    }
  }

  /**
   * What came of it.
   *
   * @param failed answers other than the order that was asked for
   */
  record Asked(Latencies all, Map<Id, Latencies> byId, int failed) {}

  Questions(int apiPort, int orders) {
    this.api = "http://127.0.0.1:" + apiPort + "/v1/search?id=";
    this.orders = orders;
  }

  /** Asks for so long, each time for an order drawn at random; returns when all is answered. */
  Asked ask(int perSecond, int seconds, long seed) {
    ConcurrentHistogram all = new ConcurrentHistogram(LONGEST_MICROS, DIGITS);
    Map<Id, ConcurrentHistogram> byId = new EnumMap<>(Id.class);
    for (Id id : Id.values()) {
      byId.put(id, new ConcurrentHistogram(LONGEST_MICROS, DIGITS));
    }
    AtomicInteger next = new AtomicInteger();
    AtomicInteger failed = new AtomicInteger();
    int count = perSecond * seconds;
    long start = System.nanoTime();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Thread thread =
          new Thread(
              () -> {
                for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                  long due = start + n * 1_000_000_000L / perSecond;
                  awaitTime(due);
                  SplittableRandom random = new SplittableRandom(seed + n);
                  Id id = Id.values()[n % Id.values().length];
                  int number = number(id, random);
                  if (!isAnswered(id.of(number), Phase.SATURATION.orderNo(number))) {
                    failed.incrementAndGet();
                  }
                  long micros = Math.min(LONGEST_MICROS, (System.nanoTime() - due) / 1_000);
                  all.recordValue(micros);
                  byId.getOrDefault(id, all).recordValue(micros);
                }
              },
              "question-" + i);
      thread.start();
      threads.add(thread);
    }
    threads.forEach(Questions::join);
    Map<Id, Latencies> latencies = new EnumMap<>(Id.class);
    byId.forEach((id, histogram) -> latencies.put(id, Latencies.of(histogram)));
    return new Asked(Latencies.of(all), latencies, failed.get());
  }

  private int number(Id id, SplittableRandom random) {
    int number = random.nextInt(orders);
    return id == Id.REFUND_ID ? number - number % LifeOfOrders.REFUNDED_EACH : number;
  }

  private boolean isAnswered(String id, String orderNo) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(api + id)).timeout(TIMEOUT).build();
    try {
      var answer = client.send(request, BodyHandlers.ofString());
      return answer.statusCode() == OK && answer.body().contains('"' + orderNo + '"');
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void awaitTime(long nanos) {
    for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking", e);
    }
  }
}
