package io.paidonce.projector.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what happened and puts it in order. */
final class Telling {

  /**
   * What comes first where the clock says the same: a record is received, then decided upon, and
   * then others are told.
   */
  enum Rank {
    COMMAND,
    DELIVERY,
    DEAD_LETTER,
    TRANSITION,
    OUTCOME,
    EVENT,
    EXCEPTION,
    REQUEST
  }

  private record Entry(String at, Rank rank, long order, ObjectNode node) {}

  // Instants as text have the same form but for their fraction, so that text alone won't sort.
  private static final Comparator<Entry> IN_TIME =
      Comparator.comparing((Entry entry) -> Times.parse(entry.at()))
          .thenComparing(Entry::rank)
          .thenComparingLong(Entry::order);

  private final List<Entry> entries = new ArrayList<>();

  /**
   * One thing that happened.
   *
   * @param at our clock; what has no time is left out
   * @param order among its like of the same time
   * @param words for people
   * @param source where the record stands that says so; missing where there is none
   */
  void tell(String at, Rank rank, long order, String words, JsonNode source) {
    if (at.isEmpty()) {
      return;
    }
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("at", at).put("kind", rank.name()).put("words", words);
    if (source.isObject()) {
      node.set("source", source);
    }
    entries.add(new Entry(at, rank, order, node));
  }

  ArrayNode inTime() {
    ArrayNode story = JsonNodeFactory.instance.arrayNode();
    entries.stream().sorted(IN_TIME).forEach(entry -> story.add(entry.node()));
    return story;
  }
}
