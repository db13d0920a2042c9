package io.paidonce.launcher.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the providers saw since a mark.
 *
 * @param ok callbacks answered with success
 * @param unavailable callbacks answered 503
 * @param unanswered callbacks whose connection broke or that got no answer in 5 s
 * @param slowestAnswer of all that were answered
 * @param longestGap without any success between two successes
 */
record JournalTail(
    long ok, long unavailable, long unanswered, Duration slowestAnswer, Duration longestGap) {

  private static final JsonMapper JSON = new JsonMapper();

  static JournalTail since(ProcessLog journal, long mark) {
    Map<String, Instant> sent = new HashMap<>();
    long ok = 0;
    long unavailable = 0;
    long unanswered = 0;
    Duration slowest = Duration.ZERO;
    Duration gap = Duration.ZERO;
    Instant lastOk = null;
    for (String text : complete(journal.since(mark))) {
      JsonNode line = parse(text);
      Instant at = Instant.parse(line.path("at").asText());
      String attempt = line.path("attempt").asText();
      switch (line.path("event").asText()) {
        case "invoke" -> sent.put(attempt, at);
        case "unknown" -> unanswered++;
        default -> {
          Duration took = Duration.between(sent.getOrDefault(attempt, at), at);
          slowest = took.compareTo(slowest) > 0 ? took : slowest;
          unavailable += line.path("status").asInt() == 503 ? 1 : 0;
          if (line.path("event").asText().equals("ok")) {
            ok++;
            Duration since = lastOk == null ? Duration.ZERO : Duration.between(lastOk, at);
            gap = since.compareTo(gap) > 0 ? since : gap;
            lastOk = at;
          }
        }
      }
    }
    return new JournalTail(ok, unavailable, unanswered, slowest, gap);
  }

  static long unansweredBefore(ProcessLog journal, long mark, Instant moment) {
    Map<String, Instant> sent = new HashMap<>();
    long unanswered = 0;
    for (String text : complete(journal.since(mark))) {
      JsonNode line = parse(text);
      String attempt = line.path("attempt").asText();
      if (line.path("event").asText().equals("invoke")) {
        sent.put(attempt, Instant.parse(line.path("at").asText()));
      } else if (line.path("event").asText().equals("unknown")
          && sent.getOrDefault(attempt, moment).isBefore(moment)) {
        unanswered++;
      }
    }
    return unanswered;
  }

  // The last line may still be under the pen.
  private static List<String> complete(String text) {
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not a line of a journal: " + line, e);
    }
  }
}
