package io.paidonce.launcher.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** An order's story as lines for a terminal. */
public final class OrderText {

  private OrderText() {}

  /** The lines. What others wrote can't move the cursor. */
  public static List<String> lines(JsonNode order) {
    List<String> lines = new ArrayList<>();
    String status = order.path("status").asText();
    lines.add(
        "Order "
            + order.path("orderNo").asText()
            + " of "
            + order.path("shop").asText()
            + ": "
            + (status.isEmpty() ? "not placed" : status));
    lines.add("");
    lines.add(order.at("/diagnosis/sentence").asText());
    lines.add("Next: " + order.at("/diagnosis/next").asText());
    lines.add("");
    for (JsonNode entry : order.path("story")) {
      lines.add(entry.path("at").asText() + "  " + entry.path("words").asText() + place(entry));
    }
    return lines.stream().map(OrderText::safe).toList();
  }

  private static String place(JsonNode entry) {
    JsonNode source = entry.path("source");
    return source.isObject()
        ? "  ["
            + source.path("topic").asText()
            + "-"
            + source.path("partition").asInt()
            + "@"
            + source.path("offset").asLong()
            + "]"
        : "";
  }

  /** A text without what a terminal would obey. */
  public static String safe(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
