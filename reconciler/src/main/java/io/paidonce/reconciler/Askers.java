package io.paidonce.reconciler;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The threads that wait for providers. Given work by one thread. */
final class Askers implements AutoCloseable {

  private final Clients clients;
  private final int threads;
  private final Consumer<Event> inbox;
  private final ExecutorService pool;
  private int underWay;

  Askers(Clients clients, int threads, Consumer<Event> inbox) {
    this.clients = clients;
    this.threads = threads;
    this.inbox = inbox;
    AtomicInteger number = new AtomicInteger();
    this.pool =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "reconciler-asks-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  void ask(Errand errand) {
    underWay++;
    pool.execute(() -> inbox.accept(run(errand)));
  }

  // No request may end the role: carried out again after a restart, it would end it again.
  private Event run(Errand errand) {
    try {
      return new Event.Came(errand, errand.run(clients.client(errand.request().asked())));
    } catch (RuntimeException e) {
      return new Event.NotPut(errand, e);
    }
  }

  /** To be said when an errand's event was read. */
  void ended() {
    underWay--;
  }

  int underWay() {
    return underWay;
  }

  /** How many more can be asked without one waiting for a thread. */
  int room() {
    return threads - underWay;
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
