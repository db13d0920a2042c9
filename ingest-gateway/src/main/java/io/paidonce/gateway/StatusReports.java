package io.paidonce.gateway;

import io.paidonce.contract.EventHead;
import io.paidonce.contract.GatewayCounts;
import io.paidonce.contract.GatewayStatus;
import io.paidonce.contract.KeyEnd;
import io.paidonce.contract.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells {@code gateway-status} how this gateway does, off the event loops. Where Kafka does not
 * take it, nothing is lost but that minute's record: counters go on, and callbacks come first.
 */
final class StatusReports implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StatusReports.class);
  private static final String SOURCE = "/paidonce/ingest-gateway";
  private static final Duration LAST_WITHIN = Duration.ofSeconds(1);

  private final String instance;
  private final Clock clock;
  private final Supplier<Accounts> accounts;
  private final ConfigurationState configuration;
  private final AnswerCounts counts;
  private final NotificationPublisher publisher;
  private final Instant startedAt;
  private final ScheduledExecutorService executor;
  private GatewayCounts reported = GatewayCounts.NONE;
  private volatile long reportedAtNanos;
  private volatile long number;

  StatusReports(
      String instance,
      Clock clock,
      Supplier<Accounts> accounts,
      ConfigurationState configuration,
      AnswerCounts counts,
      NotificationPublisher publisher) {
    this.instance = instance;
    this.clock = clock;
    this.accounts = accounts;
    this.configuration = configuration;
    this.counts = counts;
    this.publisher = publisher;
    this.startedAt = clock.instant();
    this.executor =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "paidonce-gateway-status");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Begins to tell, as soon as Kafka is reached.
   *
   * @param isReachable whether it is
   */
  void begin(Duration every, BooleanSupplier isReachable) {
    Future<?> unused =
        executor.scheduleWithFixedDelay(
            () -> {
              boolean isTime =
                  number == 0 || System.nanoTime() - reportedAtNanos >= every.toNanos();
              if (isTime && isReachable.getAsBoolean()) {
                CompletableFuture<Void> unusedReport = report(true);
              }
            },
            0,
            1,
            TimeUnit.SECONDS);
  }

  private CompletableFuture<Void> report(boolean isRunning) {
    GatewayStatus status = next(isRunning);
    reportedAtNanos = System.nanoTime();
    ProducerRecord<byte[], byte[]> record =
        Topics.GATEWAY_STATUS.record(
            instance,
            status,
            new EventHead(
                instance + "/" + startedAt.toEpochMilli() + "/" + number,
                SOURCE,
                status.at(),
                null));
    return publisher
        .publish(List.of(record), () -> false)
        .toCompletableFuture()
        .whenComplete(
            (stored, failure) -> {
              if (failure != null) {
                LOG.debug("gateway-status was not stored: {}", Causes.sentence(failure));
              }
            });
  }

  /** How it does now, compared with the last time this was asked. */
  synchronized GatewayStatus next(boolean isRunning) {
    number = number + 1;
    GatewayCounts before = reported;
    reported = counts.now();
    Accounts served = accounts.get();
    ConfigurationState.Moment loaded = configuration.now();
    return new GatewayStatus(
        GatewayStatus.SCHEMA,
        instance,
        startedAt,
        clock.instant(),
        isRunning,
        served.paths().size(),
        reported.since(before),
        reported,
        counts.rejections(),
        loaded.loadedAt(),
        loaded.refusedAt(),
        served.keys().stream()
            .flatMap(
                key ->
                    key.until() == null
                        ? Stream.empty()
                        : Stream.of(
                            new KeyEnd(key.protocol(), key.account(), key.id(), key.until())))
            .sorted(
                Comparator.comparing(KeyEnd::until)
                    .thenComparing(KeyEnd::protocol)
                    .thenComparing(KeyEnd::account)
                    .thenComparing(KeyEnd::key))
            .limit(GatewayStatus.MOST_KEYS)
            .toList());
  }

  /** Says a last time how it did, and that it stops. */
  @Override
  public void close() {
    executor.shutdownNow();
    try {
      report(false).get(LAST_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("the last gateway-status was not stored: {}", Causes.sentence(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
