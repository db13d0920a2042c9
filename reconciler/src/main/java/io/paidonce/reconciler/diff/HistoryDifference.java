package io.paidonce.reconciler.diff;

import com.fasterxml.jackson.databind.JsonNode;
import io.paidonce.reconciler.replay.FieldDifferences;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * In what two lines of history differ. Where two builds write different versions of a record's
 * layout, fields that only one of them knows are no difference: they are named once instead.
 */
final class HistoryDifference {

  private static final int MOST = 8;

  private final Consumer<String> layouts;

  /** Finds them; a layout that differs is said to {@code layouts}, each time. */
  HistoryDifference(Consumer<String> layouts) {
    this.layouts = layouts;
  }

  /** Null where only layouts differ. */
  @Nullable OrderDifference between(byte[] here, byte[] there) throws IOException {
    JsonNode left = Protocol.tree(here, "this build");
    JsonNode right = Protocol.tree(there, "the other build");
    String at = left.path("at").asText();
    if (!at.equals(right.path("at").asText())) {
      throw new IOException(
          "the other build answers about " + right.path("at") + " where it was asked about " + at);
    }
    List<String> details = new ArrayList<>();
    fate(left, right, details);
    made(left.path("made"), right.path("made"), details);
    if (details.isEmpty()) {
      return null;
    }
    JsonNode order = left.hasNonNull("order") ? left.path("order") : right.path("order");
    return new OrderDifference(order.isMissingNode() ? null : order.asText(), at, bounded(details));
  }

  private static List<String> bounded(List<String> details) {
    if (details.size() <= MOST) {
      return details;
    }
    List<String> first = new ArrayList<>(details.subList(0, MOST));
    first.add("and " + (details.size() - MOST) + " more");
    return first;
  }

  private static void fate(JsonNode left, JsonNode right, List<String> details) {
    for (String name : List.of("refused", "failed", "wake", "order")) {
      if (!left.path(name).equals(right.path(name))) {
        details.add(
            name + ": " + word(left.path(name)) + " here, " + word(right.path(name)) + " there");
      }
    }
  }

  private static String word(JsonNode node) {
    return node.isMissingNode() ? "none" : node.asText();
  }

  private void made(JsonNode left, JsonNode right, List<String> details) {
    Map<String, JsonNode> there = byId(right);
    byId(left)
        .forEach(
            (id, one) -> {
              JsonNode other = there.remove(id);
              if (other == null) {
                details.add(id + " is made here and not there" + brief(one));
              } else {
                fields(id, one, other, details);
              }
            });
    there.forEach((id, one) -> details.add(id + " is made there and not here" + brief(one)));
  }

  private static String brief(JsonNode record) {
    JsonNode to = record.path("to");
    JsonNode kind = record.path("kind");
    return !to.isMissingNode()
        ? " (to " + to.asText() + ")"
        : kind.isMissingNode() ? "" : " (" + kind.asText() + ")";
  }

  private void fields(String id, JsonNode one, JsonNode other, List<String> details) {
    JsonNode here = one.path("schema");
    JsonNode there = other.path("schema");
    boolean isOtherLayout = !here.equals(there);
    if (isOtherLayout) {
      String topic = id.substring(0, id.indexOf(' '));
      layouts.accept(topic + ": schema " + here + " here, " + there + " there");
    }
    details.addAll(
        FieldDifferences.list(
            one,
            other,
            isOtherLayout,
            (path, left, right) ->
                path.equals("schema")
                    ? ""
                    : id + " " + path + ": " + left + " here, " + right + " there"));
    details.removeIf(String::isEmpty);
  }

  // Two records of one topic and id in one line are told apart by their place.
  private static Map<String, JsonNode> byId(JsonNode made) {
    Map<String, JsonNode> byId = new LinkedHashMap<>();
    for (JsonNode one : made) {
      String id = one.path("topic").asText() + " " + one.path("id").asText();
      String free = id;
      for (int again = 2; byId.containsKey(free); again++) {
        free = id + " (" + again + ")";
      }
      byId.put(free, one.path("value"));
    }
    return byId;
  }
}
