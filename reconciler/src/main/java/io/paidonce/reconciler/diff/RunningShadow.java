package io.paidonce.reconciler.diff;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.paidonce.reconciler.ManagementServer;
import java.util.concurrent.CompletionStage;

/** A shadow with its health and metrics. */
public final class RunningShadow implements AutoCloseable {

  private final Shadow shadow;
  private final ManagementServer management;
  private final PrometheusMeterRegistry registry;

  RunningShadow(Shadow shadow, ManagementServer management, PrometheusMeterRegistry registry) {
    this.shadow = shadow;
    this.management = management;
    this.registry = registry;
  }

  /** Completes with what ended it; never, while it works. */
  public CompletionStage<Throwable> failure() {
    return shadow.failure();
  }

  /** The port of its health and metrics. */
  public int managementPort() {
    return management.port();
  }

  @Override
  public void close() {
    shadow.close();
    management.close();
    registry.close();
  }
}
