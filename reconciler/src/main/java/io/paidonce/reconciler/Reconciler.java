package io.paidonce.reconciler;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** A running reconciler. */
public final class Reconciler implements AutoCloseable {

  private final Health health;
  private final Thread thread;
  private final Askers askers;
  private final Publisher publisher;
  private final ManagementServer management;
  private final PrometheusMeterRegistry registry;
  private final Duration patience;

  Reconciler(
      Health health,
      RequestLoop loop,
      Askers askers,
      Publisher publisher,
      ManagementServer management,
      PrometheusMeterRegistry registry,
      Duration patience) {
    this.health = health;
    this.thread = new Thread(loop, "reconciler-loop");
    this.askers = askers;
    this.publisher = publisher;
    this.management = management;
    this.registry = registry;
    this.patience = patience;
  }

  void start() {
    thread.start();
  }

  /** Whether it has joined its group and carries requests out. */
  public boolean isReady() {
    return health.isReady();
  }

  /** Where health and metrics are served. */
  public int managementPort() {
    return management.port();
  }

  /** Completes with what ended it, after which only a new start helps; never while it works. */
  public CompletionStage<Throwable> failure() {
    return health.failure();
  }

  /**
   * Reads no more, waits some seconds for what was asked, stores and commits it. What is not done
   * by then is repeated by whoever reads on. Closing twice is harmless.
   */
  @Override
  public void close() {
    health.stopping();
    try {
      thread.join(patience.plusSeconds(10).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    askers.close();
    publisher.close();
    management.close();
    registry.close();
  }
}
