package io.paidonce.reconciler.proof;

import io.paidonce.contract.RecordCoordinates;
import io.paidonce.reconciler.replay.Log;
import io.paidonce.reconciler.replay.Log.Extent;
import io.paidonce.reconciler.replay.Log.Feed;
import io.paidonce.reconciler.replay.Log.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Finds single records in long partitions: by their offsets, or near a time. */
final class Lookup {

  /** Records this near to each other are read as one stretch: less than one fetch. */
  private static final long NEAR = 200;

  private static final long TELL_EVERY = 100_000;

  /**
   * How far around a time is looked, one after the other. What is made of a record comes some
   * milliseconds after it, unless streams was away, or clocks differ.
   */
  private static final List<Around> STEPS =
      List.of(
          new Around(Duration.ofMillis(500), Duration.ofSeconds(10)),
          new Around(Duration.ofMinutes(2), Duration.ofMinutes(30)));

  private record Around(Duration before, Duration after) {}

  private final Log log;
  private final LongConsumer progress;
  // Asked once: all that is looked up was there before.
  private final Map<TopicPartition, Extent> kept = new HashMap<>();
  private long read;

  /**
   * A lookup.
   *
   * @param progress is told now and then how many records were read
   */
  Lookup(Log log, LongConsumer progress) {
    this.log = log;
    this.progress = progress;
  }

  /** The records of these places; one that is no longer kept is not among them. */
  Map<RecordCoordinates, ConsumerRecord<byte[], byte[]>> at(List<RecordCoordinates> places) {
    Map<TopicPartition, List<Span>> spans = new HashMap<>();
    places.stream()
        .sorted((one, other) -> Long.compare(one.offset(), other.offset()))
        .forEach(place -> add(spans, place));
    Map<RecordCoordinates, ConsumerRecord<byte[], byte[]>> found = new HashMap<>();
    while (!spans.isEmpty()) {
      Map<TopicPartition, Span> next = new HashMap<>();
      spans.forEach((partition, stretches) -> next.put(partition, stretches.remove(0)));
      spans.values().removeIf(List::isEmpty);
      readAll(next, places, found);
    }
    return found;
  }

  private void add(Map<TopicPartition, List<Span>> spans, RecordCoordinates place) {
    TopicPartition partition = new TopicPartition(place.topic(), place.partition());
    Extent extent = kept(partition);
    if (place.offset() < extent.begin() || place.offset() >= extent.end()) {
      return;
    }
    List<Span> known = spans.computeIfAbsent(partition, any -> new ArrayList<>());
    Span last = known.isEmpty() ? null : known.get(known.size() - 1);
    if (last != null && place.offset() - last.to() < NEAR) {
      known.set(known.size() - 1, new Span(last.from(), place.offset() + 1));
    } else {
      known.add(new Span(place.offset(), place.offset() + 1));
    }
  }

  private void readAll(
      Map<TopicPartition, Span> spans,
      List<RecordCoordinates> places,
      Map<RecordCoordinates, ConsumerRecord<byte[], byte[]>> found) {
    try (Feed feed = log.open(spans)) {
      for (TopicPartition partition : spans.keySet()) {
        ConsumerRecord<byte[], byte[]> record;
        while ((record = next(feed, partition)) != null) {
          RecordCoordinates at =
              new RecordCoordinates(record.topic(), record.partition(), record.offset());
          if (places.contains(at)) {
            found.put(at, record);
          }
        }
      }
    }
  }

  /** The first that is wanted, of those appended around that time, else of all. */
  Optional<ConsumerRecord<byte[], byte[]>> near(
      TopicPartition partition, Instant time, Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
    Extent extent = kept(partition);
    for (Around around : STEPS) {
      long from = log.offsetAt(partition, time.minus(around.before()));
      Optional<ConsumerRecord<byte[], byte[]>> found =
          first(
              partition,
              new Span(Math.max(extent.begin(), from), extent.end()),
              time.plus(around.after()),
              wanted);
      if (found.isPresent()) {
        return found;
      }
    }
    return first(partition, new Span(extent.begin(), extent.end()), Instant.MAX, wanted);
  }

  private Extent kept(TopicPartition partition) {
    return kept.computeIfAbsent(partition, log::extent);
  }

  // To a time and not to an offset: nobody need be asked where that is.
  private Optional<ConsumerRecord<byte[], byte[]>> first(
      TopicPartition partition,
      Span stretch,
      Instant until,
      Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
    if (stretch.from() >= stretch.to()) {
      return Optional.empty();
    }
    try (Feed feed = log.open(Map.of(partition, stretch))) {
      ConsumerRecord<byte[], byte[]> record;
      while ((record = next(feed, partition)) != null
          && !Instant.ofEpochMilli(record.timestamp()).isAfter(until)) {
        if (wanted.test(record)) {
          return Optional.of(record);
        }
      }
      return Optional.empty();
    }
  }

  private @Nullable ConsumerRecord<byte[], byte[]> next(Feed feed, TopicPartition partition) {
    ConsumerRecord<byte[], byte[]> record = feed.next(partition);
    read++;
    if (read % TELL_EVERY == 0) {
      progress.accept(read);
    }
    return record;
  }
}
