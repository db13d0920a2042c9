package io.paidonce.streams;

import io.paidonce.contract.BrokerClock;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the lag guard look every second, on a thread and with clients of its own: while it fails no
 * deadline is called over, and payments go on.
 */
final class LagGuardWatch implements Supplier<Instant>, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LagGuardWatch.class);

  private final String bootstrapServers;
  private final KafkaIntakeProgress intake;
  private final LagGuard guard;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread = new Thread(this::watch, "lag-guard");
  private @Nullable BrokerClock brokers;
  private boolean isFailing;

  LagGuardWatch(String bootstrapServers, String group, Clock clock) {
    this.bootstrapServers = bootstrapServers;
    this.intake = new KafkaIntakeProgress(bootstrapServers, group);
    this.guard = new LagGuard(intake, new SlowerClock(clock, this::brokersTime, System::nanoTime));
  }

  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public Instant get() {
    return guard.get();
  }

  private void watch() {
    try {
      do {
        look();
      } while (!stopped.await(1, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      guard.look();
      if (isFailing) {
        log.info("deadlines are watched again");
      }
      isFailing = false;
    } catch (RuntimeException e) {
      // Said once: paidonce_deadlines_behind_seconds grows until it works again.
      if (!isFailing && stopped.getCount() > 0) {
        log.warn("no deadline is called over until Kafka answers: {}", String.valueOf(e));
      }
      isFailing = true;
      forgetBrokersClock();
    }
  }

  private Instant brokersTime() {
    BrokerClock open = brokers == null ? new BrokerClock(bootstrapServers) : brokers;
    brokers = open;
    return open.now();
  }

  // A producer that failed may be of no more use.
  private void forgetBrokersClock() {
    if (brokers != null) {
      brokers.close();
      brokers = null;
    }
  }

  @Override
  public void close() {
    stopped.countDown();
    thread.interrupt();
    try {
      thread.join(15_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    forgetBrokersClock();
    intake.close();
  }
}
