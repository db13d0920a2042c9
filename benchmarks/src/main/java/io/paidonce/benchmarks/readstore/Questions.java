package io.paidonce.benchmarks.readstore;

import io.paidonce.benchmarks.load.Latencies;
import io.paidonce.benchmarks.load.Phase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.jspecify.annotations.Nullable;

/**
 * Asks for orders by any id at a constant rate. A question's time counts from when it was due, so
 * that one which had to wait for another has waited.
 */
final class Questions {

  /** More than ever wait at once, unless the answers take longer than a second. */
  private static final int THREADS = 64;

  private static final long LONGEST_MICROS = 60_000_000;
  private static final int DIGITS = 3;
  private static final String SEARCH = "/v1/search?id=";

  private final int apiPort;
  private final int orders;

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

  /**
   * A phase.
   *
   * @param perSecond questions a second
   * @param seconds how long
   * @param seed draws the orders that are asked for
   */
  record Task(int perSecond, int seconds, long seed) {}

  Questions(int apiPort, int orders) {
    this.apiPort = apiPort;
    this.orders = orders;
  }

  /** Asks for so long, each time for an order drawn at random; returns when all is answered. */
  Asked ask(Task task) {
    ConcurrentHistogram all = new ConcurrentHistogram(LONGEST_MICROS, DIGITS);
    Map<Id, ConcurrentHistogram> byId = new EnumMap<>(Id.class);
    for (Id id : Id.values()) {
      byId.put(id, new ConcurrentHistogram(LONGEST_MICROS, DIGITS));
    }
    AtomicInteger next = new AtomicInteger();
    AtomicInteger failed = new AtomicInteger();
    int count = task.perSecond() * task.seconds();
    long start = System.nanoTime();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Thread thread =
          new Thread(
              () -> {
                try (Asker asker = new Asker()) {
                  for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                    long due = start + n * 1_000_000_000L / task.perSecond();
                    awaitTime(due);
                    SplittableRandom random = new SplittableRandom(task.seed() + n);
                    Id id = Id.values()[n % Id.values().length];
                    int number = number(id, random);
                    if (!asker.isAnswered(id.of(number), Phase.SATURATION.orderNo(number))) {
                      failed.incrementAndGet();
                    }
                    long micros = Math.min(LONGEST_MICROS, (System.nanoTime() - due) / 1_000);
                    all.recordValue(micros);
                    byId.getOrDefault(id, all).recordValue(micros);
                  }
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

  /** One thread's connection; another after any failure. */
  private final class Asker implements AutoCloseable {

    private @Nullable AskingConnection connection;

    boolean isAnswered(String id, String orderNo) {
      try {
        AskingConnection open = connection == null ? new AskingConnection(apiPort) : connection;
        connection = open;
        return open.get(SEARCH + id).contains('"' + orderNo + '"');
      } catch (IOException e) {
        close();
        return false;
      }
    }

    @Override
    public void close() {
      AskingConnection open = connection;
      connection = null;
      if (open == null) {
        return;
      }
      try {
        open.close();
      } catch (IOException e) {
        // Nothing hangs on it: the next question opens another.
        return;
      }
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
