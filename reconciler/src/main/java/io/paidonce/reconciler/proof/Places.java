package io.paidonce.reconciler.proof;

import com.fasterxml.jackson.databind.JsonNode;
import io.paidonce.contract.RecordCoordinates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Where an order's records stand, as its story tells it: so that they are looked up and not
 * searched for.
 *
 * @param received its commands and notifications
 * @param changes what changed it, by version
 */
public record Places(List<RecordCoordinates> received, List<Change> changes) {

  static final Comparator<RecordCoordinates> BY_PLACE =
      Comparator.comparing(RecordCoordinates::topic)
          .thenComparing(RecordCoordinates::partition)
          .thenComparing(RecordCoordinates::offset);

  /**
   * One change.
   *
   * @param inputId of the input that made it
   * @param source the record that the input was made from
   * @param at our clock when that was received
   */
  public record Change(long version, String inputId, RecordCoordinates source, Instant at) {}

  public Places {
    received = List.copyOf(received);
    changes = List.copyOf(changes);
  }

  /** From a story, as the query API tells it and {@code paidonce order --json}. */
  public static Places of(JsonNode story) {
    SortedSet<RecordCoordinates> received = new TreeSet<>(BY_PLACE);
    story.path("notifications").forEach(told -> received.add(place(told.path("source"))));
    story
        .path("commands")
        .forEach(
            command ->
                command
                    .path("records")
                    .forEach(record -> received.add(place(record.path("source")))));
    List<Change> changes = new ArrayList<>();
    story
        .path("history")
        .forEach(
            change ->
                changes.add(
                    new Change(
                        change.path("version").asLong(),
                        change.path("inputId").asText(),
                        place(change.path("source")),
                        Instant.parse(change.path("at").asText()))));
    return new Places(List.copyOf(received), changes);
  }

  private static RecordCoordinates place(JsonNode source) {
    return new RecordCoordinates(
        source.path("topic").asText(),
        source.path("partition").asInt(),
        source.path("offset").asLong());
  }
}
