package io.paidonce.projector;

import java.util.concurrent.CompletionStage;

/** A running projector. */
public final class Projector implements AutoCloseable {

  private final int apiPort;
  private final int managementPort;
  private final Health health;
  private final Closing closing;

  Projector(int apiPort, int managementPort, Health health, Closing closing) {
    this.apiPort = apiPort;
    this.managementPort = managementPort;
    this.health = health;
    this.closing = closing;
  }

  /** Where the query API listens. */
  public int apiPort() {
    return apiPort;
  }

  /** Where health and metrics are served. */
  public int managementPort() {
    return managementPort;
  }

  /**
   * Completes with what ended the writer, after which only a new start helps; never while it works,
   * PostgreSQL or Kafka being away included.
   */
  public CompletionStage<Throwable> failure() {
    return health.failure();
  }

  /** Finishes the batch in hand and stops. Closing twice is harmless. */
  @Override
  public void close() {
    closing.close();
  }
}
