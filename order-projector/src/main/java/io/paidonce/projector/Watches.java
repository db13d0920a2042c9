package io.paidonce.projector;

import io.paidonce.contract.OrderKey;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for which order. When rows were written, one statement looks at all orders that
 * somebody waits for, so that what a change costs PostgreSQL does not grow with who waits.
 */
final class Watches implements AutoCloseable {

  /** Where nothing is heard from PostgreSQL, orders are looked at this often all the same. */
  static final Duration UNHEARD = Duration.ofSeconds(5);

  /** Where orders stand by what is committed; waits for PostgreSQL. */
  interface States {
    Map<OrderKey, OrderState> of(Collection<OrderKey> orders) throws SQLException;
  }

  /** One who waits; told on the event loop on which the wait began. */
  interface Watcher {
    /** A state other than the one told before. */
    void told(OrderState state);

    /** The read store did not answer the first look. */
    void unanswered();

    /** The projector stops. */
    void stopped();
  }

  private final Vertx vertx;
  private final WorkerExecutor workers;
  private final States states;
  private final WaiterLimits limits;
  private final long unheard; // a timer

  private final Map<OrderKey, Set<Watch>> watches = new HashMap<>();
  private final Map<String, Integer> perToken = new HashMap<>();
  private Set<OrderKey> due = new HashSet<>();
  private int size;
  private boolean isLooking;
  private boolean isClosed;

  Watches(Vertx vertx, WorkerExecutor workers, States states, WaiterLimits limits) {
    this(vertx, workers, states, limits, UNHEARD);
  }

  Watches(
      Vertx vertx,
      WorkerExecutor workers,
      States states,
      WaiterLimits limits,
      Duration unheardPause) {
    this.vertx = vertx;
    this.workers = workers;
    this.states = states;
    this.limits = limits;
    this.unheard = vertx.setPeriodic(unheardPause.toMillis(), now -> written());
  }

  /** One wait. */
  final class Watch {
    private final Caller caller;
    private final OrderKey order;
    private final Watcher watcher;
    private final Context loop = vertx.getOrCreateContext();
    // Of the loop alone.
    private @Nullable OrderState last;
    private boolean isOver;

    private Watch(Caller caller, OrderKey order, Watcher watcher) {
      this.caller = caller;
      this.order = order;
      this.watcher = watcher;
    }

    private void tell(OrderState state) {
      loop.runOnContext(
          now -> {
            if (!isOver && !state.equals(last)) {
              last = state;
              watcher.told(state);
            }
          });
    }

    private void unanswered() {
      loop.runOnContext(
          now -> {
            if (!isOver && last == null) {
              watcher.unanswered();
            }
          });
    }

    private void stop() {
      loop.runOnContext(
          now -> {
            if (!isOver) {
              watcher.stopped();
            }
          });
    }

    /** Waits no longer; on the loop on which it began. Ending twice is harmless. */
    void end() {
      isOver = true;
      forget(this);
    }
  }

  /**
   * Waits for an order, and looks at it at once: so nothing is missed between a look and a wait.
   *
   * @throws BadQuestionException if too many wait already, or the projector stops
   */
  Watch begin(Caller caller, OrderKey order, Watcher watcher) {
    Watch watch = new Watch(caller, order, watcher);
    synchronized (this) {
      requireRoom(caller);
      watches.computeIfAbsent(order, o -> new HashSet<>()).add(watch);
      perToken.merge(caller.name(), 1, Integer::sum);
      size++;
      due.add(order);
    }
    look();
    return watch;
  }

  private void requireRoom(Caller caller) {
    if (isClosed) {
      throw new BadQuestionException(Problem.unavailable("the projector is stopping"));
    }
    if (perToken.getOrDefault(caller.name(), 0) >= limits.maxPerToken()) {
      throw new BadQuestionException(
          Problem.tooMany(
              "this token waits " + limits.maxPerToken() + " times already",
              "End a wait, or ask without waiting."));
    }
    if (size >= limits.max()) {
      throw new BadQuestionException(Problem.unavailable("too many are waiting"));
    }
  }

  private synchronized void forget(Watch watch) {
    Set<Watch> others = watches.get(watch.order);
    if (others == null || !others.remove(watch)) {
      return;
    }
    size--;
    perToken.computeIfPresent(watch.caller.name(), (name, n) -> n == 1 ? null : n - 1);
    if (others.isEmpty()) {
      watches.remove(watch.order);
    }
  }

  /** How many wait. */
  synchronized int size() {
    return size;
  }

  /** Rows were written; from any thread. */
  void written() {
    synchronized (this) {
      due.addAll(watches.keySet());
    }
    look();
  }

  // One look at a time; what becomes due during it is looked at after it, all at once.
  private void look() {
    List<OrderKey> orders;
    synchronized (this) {
      due.retainAll(watches.keySet());
      if (isLooking || due.isEmpty()) {
        return;
      }
      isLooking = true;
      orders = List.copyOf(due);
      due = new HashSet<>();
    }
    workers
        .executeBlocking(() -> states.of(orders), false)
        .onComplete(
            found -> {
              if (found.succeeded()) {
                found.result().values().forEach(state -> of(state.order(), w -> w.tell(state)));
              } else {
                // Who was told something before waits on: PostgreSQL comes back.
                orders.forEach(order -> of(order, Watch::unanswered));
              }
              synchronized (this) {
                isLooking = false;
              }
              look();
            });
  }

  private void of(OrderKey order, Consumer<Watch> each) {
    List<Watch> waiting;
    synchronized (this) {
      waiting = new ArrayList<>(watches.getOrDefault(order, Set.of()));
    }
    waiting.forEach(each);
  }

  /** Ends every wait, and lets no other begin. */
  @Override
  public void close() {
    vertx.cancelTimer(unheard);
    List<Watch> waiting = new ArrayList<>();
    synchronized (this) {
      isClosed = true;
      watches.values().forEach(waiting::addAll);
    }
    waiting.forEach(Watch::stop);
  }
}
