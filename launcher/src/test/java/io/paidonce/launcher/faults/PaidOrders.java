package io.paidonce.launcher.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.EventHead;
import io.paidonce.contract.OrderPaid;
import io.paidonce.contract.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes {@code order-paid} as the ledger does, in transactions, until it is told to stop: some are
 * aborted, whose orders must never ship, and some events come a second time.
 */
final class PaidOrders {

  static final String SHOP = "books";
  static final String GHOST = "ghost-";

  private static final AtomicLong NUMBERS = new AtomicLong();
  // Enough that each partition gets some: when they are applied, so is all that came before them.
  private static final int LAST = 200;
  private static final long PACE_NANOS = 5_000_000;

  private final Random random;
  private final String bootstrapServers;
  private final Set<String> committed;
  private final CompletableFuture<Void> done;
  private volatile boolean stopping;

  private PaidOrders(String bootstrapServers, Random random, Set<String> committed) {
    this.random = random;
    this.bootstrapServers = bootstrapServers;
    this.committed = committed;
    this.done = CompletableFuture.runAsync(this::write, task -> daemon(task).start());
  }

  /** Begins; the orders whose transaction is committed are added to the set. */
  static PaidOrders start(String bootstrapServers, Random random, Set<String> committed) {
    return new PaidOrders(bootstrapServers, random, committed);
  }

  /** Stops, and returns once everything is committed. */
  void finish() {
    stopping = true;
    done.join();
  }

  private void write() {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "transactional.id", "paid-orders"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.initTransactions();
      List<String> before = new ArrayList<>();
      while (!stopping) {
        boolean aborted = random.nextInt(10) == 0;
        List<String> orders = orders(aborted ? GHOST : "o-", 1 + random.nextInt(10));
        List<String> written = new ArrayList<>(orders);
        if (!before.isEmpty() && random.nextInt(5) == 0) {
          written.add(before.get(random.nextInt(before.size())));
        }
        transaction(producer, written, aborted);
        if (!aborted) {
          before = orders;
          committed.addAll(orders);
        }
        LockSupport.parkNanos(PACE_NANOS);
      }
      List<String> last = orders("o-", LAST);
      transaction(producer, last, false);
      committed.addAll(last);
    }
  }

  private static List<String> orders(String prefix, int count) {
    List<String> orders = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      orders.add(prefix + NUMBERS.incrementAndGet());
    }
    return orders;
  }

  private static void transaction(
      KafkaProducer<byte[], byte[]> producer, List<String> orders, boolean aborted) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    producer.beginTransaction();
    for (String order : orders) {
      OrderPaid paid =
          new OrderPaid(
              OrderPaid.SCHEMA,
              "order-paid/" + SHOP + ":" + order,
              SHOP,
              order,
              2,
              1200,
              "CNY",
              "wechat",
              "1900000001",
              "t-" + order,
              null,
              Instant.now());
      EventHead head = new EventHead(paid.eventId(), "/test", paid.receivedAt(), null);
      sent.add(producer.send(Topics.ORDER_PAID.record(paid.order().toString(), paid, head)));
    }
    producer.flush();
    assertThat(sent).allMatch(Future::isDone);
    if (aborted) {
      producer.abortTransaction();
    } else {
      producer.commitTransaction();
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "paid-orders");
    thread.setDaemon(true);
    return thread;
  }
}
