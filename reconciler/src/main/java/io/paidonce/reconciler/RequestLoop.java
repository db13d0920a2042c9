package io.paidonce.reconciler;

import io.paidonce.contract.EventHeaders;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnreadableRecordException;
import io.paidonce.providers.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads requests, has the {@link Desk} decide, has others ask and store, and commits. All of it in
 * one thread but for the waiting; what other threads have to say comes in as an {@link Event}.
 */
final class RequestLoop implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(RequestLoop.class);

  /** While something is under way, its end is noticed within this time. */
  private static final Duration SHORT = Duration.ofMillis(20);

  private static final Duration LONG = Duration.ofMillis(500);
  private static final Duration BETWEEN_COMMITS = Duration.ofMillis(500);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private record Place(TopicPartition partition, long offset, @Nullable String traceparent) {}

  private final RequestLog requests;
  private final Desk desk;
  private final Askers askers;
  private final Publisher publisher;
  private final BlockingQueue<Event> inbox;
  private final ReconcilerMetrics metrics;
  private final Health health;
  private final InstantSource clock;
  private final int maxWaiting;
  private final Duration patience;
  private final Map<Long, Place> places = new HashMap<>();
  private long tickets;
  private boolean paused;
  private Instant nextCommit = Instant.EPOCH;
  private Instant nextLook = Instant.EPOCH;

  /**
   * @param log opens the log of requests, given whom to tell of partitions that were lost
   * @param patience how long what is under way may take when told to stop
   */
  RequestLoop(
      Function<Consumer<TopicPartition>, RequestLog> log,
      Desk desk,
      Askers askers,
      Publisher publisher,
      BlockingQueue<Event> inbox,
      ReconcilerMetrics metrics,
      Health health,
      InstantSource clock,
      int maxWaiting,
      Duration patience) {
    this.requests = log.apply(this::forget);
    this.desk = desk;
    this.askers = askers;
    this.publisher = publisher;
    this.inbox = inbox;
    this.metrics = metrics;
    this.health = health;
    this.clock = clock;
    this.maxWaiting = maxWaiting;
    this.patience = patience;
  }

  static BlockingQueue<Event> newInbox() {
    return new LinkedBlockingQueue<>();
  }

  @Override
  public void run() {
    // Whatever ends it, nobody is told that it works while it does not.
    try (requests) {
      while (!health.isStopping()) {
        turn();
      }
      drain();
    } catch (RuntimeException | Error e) {
      health.died(e);
    }
  }

  /** One round: what came in, what is to be done, what is done, what is new. */
  void turn() {
    for (Event event = inbox.poll(); event != null; event = inbox.poll()) {
      handle(event);
    }
    Instant now = clock.instant();
    Desk.Turn turn = desk.turn(now, askers.room());
    turn.reports().forEach(this::publish);
    for (Errand errand : turn.errands()) {
      metrics.asked(errand.step());
      askers.ask(errand);
    }
    if (!now.isBefore(nextCommit)) {
      requests.commit();
      nextCommit = now.plus(BETWEEN_COMMITS);
    }
    int held = desk.size() + publisher.underWay();
    paused = held >= (paused ? maxWaiting / 2 : maxWaiting);
    if (!now.isBefore(nextLook)) {
      metrics.shows(desk, paused);
      nextLook = now.plus(BETWEEN_LOOKS);
    }
    requests.poll(untilNext(now), paused).forEach(this::accept);
  }

  private Duration untilNext(Instant now) {
    Duration longest = askers.underWay() + publisher.underWay() > 0 ? SHORT : LONG;
    Optional<Instant> next = askers.room() > 0 ? desk.nextAt() : Optional.empty();
    if (next.isEmpty() || next.get().isAfter(now.plus(longest))) {
      return longest;
    }
    return next.get().isAfter(now) ? Duration.between(now, next.get()) : Duration.ZERO;
  }

  private void accept(ConsumerRecord<byte[], byte[]> record) {
    Instant now = clock.instant();
    long ticket = ++tickets;
    places.put(
        ticket,
        new Place(
            RequestLog.partition(record),
            record.offset(),
            EventHeaders.text(record.headers(), EventHeaders.TRACEPARENT)));
    try {
      ProviderRequest request = Topics.PROVIDER_REQUESTS.read(record.headers(), record.value());
      metrics.read(request.kind());
      desk.accept(ticket, request, now);
    } catch (UnreadableRecordException e) {
      metrics.deadLetter(e.reason());
      publisher.begin(Outgoing.deadLetter(ticket, record, e, now));
    }
  }

  private void handle(Event event) {
    if (event instanceof Event.Came came) {
      askers.ended();
      metrics.came(came.outcome());
      sayIfSuspicious(came);
      desk.answered(came.errand(), came.outcome(), clock.instant()).ifPresent(this::publish);
    } else if (event instanceof Event.NotPut notPut) {
      askers.ended();
      log.error("can't ask {}", name(notPut.errand()), notPut.why());
      desk.impossible(notPut.errand(), "can't be asked: " + notPut.why(), clock.instant())
          .ifPresent(this::publish);
    } else if (event instanceof Event.Prepared prepared) {
      publisher.finish(prepared.outgoing());
    } else if (event instanceof Event.Stored stored) {
      publisher.ended();
      Place place = places.remove(stored.ticket());
      if (place != null) {
        requests.done(place.partition(), place.offset());
      }
    } else {
      throw new IllegalStateException(
          "an answer was not stored; its request is carried out again",
          ((Event.NotStored) event).why());
    }
  }

  private void publish(Report report) {
    metrics.answered(report);
    Place place = places.get(report.ticket());
    if (place != null) {
      publisher.begin(Outgoing.of(report, place.traceparent()));
    }
  }

  private void forget(TopicPartition partition) {
    places
        .entrySet()
        .removeIf(
            place -> {
              boolean lost = place.getValue().partition().equals(partition);
              if (lost) {
                desk.forget(place.getKey());
              }
              return lost;
            });
  }

  private static void sayIfSuspicious(Event.Came came) {
    if (came.outcome() instanceof Outcome.Unknown unknown && unknown.why().isSuspicious()) {
      log.warn(
          "an answer to {} is not believed: {}",
          name(came.errand()),
          Reports.words(came.outcome()));
    }
  }

  private static String name(Errand errand) {
    return errand.step()
        + " at "
        + errand.request().asked()
        + ", request "
        + errand.request().requestId()
        + ", attempt "
        + errand.request().attempt();
  }

  // Nothing new is read or asked; what was sent may still be answered, and is stored then.
  private void drain() {
    Instant end = clock.instant().plus(patience);
    while (askers.underWay() + publisher.underWay() > 0 && clock.instant().isBefore(end)) {
      try {
        Event event = inbox.poll(SHORT.toMillis(), TimeUnit.MILLISECONDS);
        if (event != null) {
          handle(event);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
