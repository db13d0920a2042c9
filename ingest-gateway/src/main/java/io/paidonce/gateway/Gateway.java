package io.paidonce.gateway;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running gateway. Closing it loses nothing: see {@link #close()}. */
public final class Gateway implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
  private static final long SERVERS_WITHIN_SECONDS = 10;

  private final Vertx vertx;
  private final List<InFlight> inFlight;
  private final KafkaNotificationPublisher publisher;
  private final KafkaProbe probe;
  private final Reloading reloading;
  private final GatewayMetrics metrics;
  private final Timings timings;
  private @Nullable StatusReports reports;
  private @Nullable KeyDownloads downloads;
  private int callbackPort;
  private int managementPort;
  private int ordersPort = -1;
  private boolean closed;

  Gateway(
      Vertx vertx,
      List<InFlight> inFlight,
      KafkaNotificationPublisher publisher,
      KafkaProbe probe,
      Reloading reloading,
      GatewayMetrics metrics,
      Timings timings) {
    this.vertx = vertx;
    this.inFlight = List.copyOf(inFlight);
    this.publisher = publisher;
    this.probe = probe;
    this.reloading = reloading;
    this.metrics = metrics;
    this.timings = timings;
  }

  void listen(
      ManagementServer management,
      CallbackServer callbacks,
      CallbackServer orders,
      GatewayConfig config) {
    managementPort = open("management", config.management(), management.listen());
    callbackPort = open("callbacks", config.callbacks(), callbacks.listen());
    if (config.orders().isOpen()) {
      Endpoint endpoint = config.orders().endpoint();
      ordersPort = open("orders.endpoint", endpoint, orders.listen());
      LOG.info("Commands at {}:{}", endpoint.host(), ordersPort);
    }
    LOG.info(
        "Callbacks at {}, health and metrics at {}",
        config.callbacks().host() + ":" + callbackPort,
        config.management().host() + ":" + managementPort);
  }

  void tell(StatusReports status, Duration every) {
    reports = status;
    status.begin(every, this::isReady);
  }

  void download(KeyDownloads keys) {
    downloads = keys.begin();
  }

  /** Where {@code POST /callbacks/{protocol}/{account}} is served. */
  public int callbackPort() {
    return callbackPort;
  }

  /** Where {@code /health/live}, {@code /health/ready} and {@code /metrics} are served. */
  public int managementPort() {
    return managementPort;
  }

  /** Where {@code POST /v1/orders} is served; -1 where it is not. */
  public int ordersPort() {
    return ordersPort;
  }

  /** Whether callbacks would be stored now: Kafka answers and the gateway is not stopping. */
  public boolean isReady() {
    return unreadiness().isEmpty();
  }

  /**
   * Completes if Kafka answers and is set unsafely; the process should then exit. Kafka being away
   * is no failure.
   */
  public CompletionStage<Throwable> failure() {
    return probe.refusal();
  }

  /**
   * Serves this configuration's accounts from the next request on. Requests in flight end with the
   * account they began with. Other settings are compared only: they are taken at a start.
   *
   * @return why nothing was taken and the last good configuration is served on; empty where it was
   */
  public List<String> reload(GatewayConfig next) {
    return reloading.take(next);
  }

  /** A new configuration can't be read: says so, and serves the last good one on. */
  public void refuseReload(List<String> problems) {
    reloading.refuse(problems);
  }

  Optional<String> unreadiness() {
    return inFlight.get(0).draining() ? Optional.of("the gateway is stopping") : probe.problem();
  }

  /**
   * Stops in order: says not ready and declines what is new, lets what is in flight be stored and
   * answered (at most 5 s), tells {@code gateway-status} (at most 1 s), closes the producer (at
   * most 3.5 s), then the ports. Closing twice is harmless.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    inFlight.forEach(InFlight::beginDraining);
    if (downloads != null) {
      downloads.close();
    }
    long end = System.nanoTime() + timings.drain().toNanos();
    for (InFlight door : inFlight) {
      if (!door.awaitIdle(Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
        LOG.warn(
            "{} requests were still in flight after {} ms; none of them is answered success",
            door.requests(),
            timings.drain().toMillis());
      }
    }
    probe.close();
    if (reports != null) {
      reports.close();
    }
    publisher.close();
    await(vertx.close(), "the servers");
    metrics.close();
    LOG.info("The gateway has stopped");
  }

  private static int open(String place, Endpoint endpoint, Future<Integer> listening) {
    try {
      return listening
          .toCompletionStage()
          .toCompletableFuture()
          .get(SERVERS_WITHIN_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new MisconfiguredException(
          place + ": can't listen at " + endpoint + ": " + Causes.sentence(e), e);
    } catch (TimeoutException e) {
      throw new IllegalStateException(place + ": could not listen within 10 s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while opening " + place, e);
    }
  }

  private static void await(Future<?> closing, String what) {
    try {
      closing
          .toCompletionStage()
          .toCompletableFuture()
          .get(SERVERS_WITHIN_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(what + " did not close", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
