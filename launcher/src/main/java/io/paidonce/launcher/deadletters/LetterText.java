package io.paidonce.launcher.deadletters;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.paidonce.contract.DeadLetter;
import io.paidonce.contract.DeadLetterReason;
import io.paidonce.contract.DeadLetterRedrive;
import io.paidonce.projector.deadletters.LetterId;
import io.paidonce.projector.deadletters.RedrivePlan;
import io.paidonce.projector.deadletters.StoredLetter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Dead letters as a person or a program reads them; nothing of their content but by show. */
public final class LetterText {

  private static final String ROW = "%-10s %-20s %-23s %-30s %-8s %s";
  private static final JsonMapper JSON = new JsonMapper();

  private LetterText() {}

  /** A table of the newest, and how many there are of each reason. */
  public static List<String> table(List<StoredLetter> letters, int limit) {
    List<String> lines = new ArrayList<>();
    if (letters.isEmpty()) {
      return List.of("No dead letters.");
    }
    lines.add(String.format(Locale.ROOT, ROW, "ID", "AT", "REASON", "FROM", "REDRIVEN", "DETAIL"));
    letters.stream()
        .sorted(Comparator.comparing((StoredLetter l) -> l.letter().at()).reversed())
        .limit(limit)
        .forEach(letter -> lines.add(row(letter)));
    if (letters.size() > limit) {
      lines.add("... and " + (letters.size() - limit) + " older; --limit N shows more");
    }
    lines.add(count(letters));
    return lines;
  }

  /** One line. */
  public static String row(StoredLetter stored) {
    DeadLetter letter = stored.letter();
    LetterId predecessor = stored.predecessor();
    return String.format(
        Locale.ROOT,
        ROW,
        stored.id(),
        letter.at().truncatedTo(ChronoUnit.SECONDS),
        letter.reason(),
        letter.source() == null ? letter.origin() : letter.source(),
        stored.isRedriven() ? stored.redrives().size() + "x" : "no",
        letter.detail() + (predecessor == null ? "" : " (redrive of " + predecessor + " failed)"));
  }

  private static String count(List<StoredLetter> letters) {
    Map<DeadLetterReason, Integer> byReason = new EnumMap<>(DeadLetterReason.class);
    letters.forEach(stored -> byReason.merge(stored.letter().reason(), 1, Integer::sum));
    long redriven = letters.stream().filter(StoredLetter::isRedriven).count();
    return "Dead letters: "
        + letters.size()
        + ", of them redriven: "
        + redriven
        + ". "
        + byReason.entrySet().stream()
            .map(e -> e.getKey() + " " + e.getValue())
            .collect(Collectors.joining(", "));
  }

  /** One JSON object; keys and bytes are not in it. */
  public static String json(StoredLetter stored) {
    DeadLetter letter = stored.letter();
    LetterId predecessor = stored.predecessor();
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("id", stored.id().toString());
    line.put("at", letter.at().toString());
    line.put("reason", letter.reason().name());
    line.put("detail", letter.detail());
    line.put("origin", letter.origin());
    line.put("source", letter.source());
    line.put("redrivable", RedrivePlan.of(List.of(stored), true).refused().isEmpty());
    line.put("redrive_of", predecessor == null ? null : predecessor.toString());
    line.put("redrives", stored.redrives().stream().map(LetterText::redrive).toList());
    try {
      return JSON.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers can't be written as JSON", e);
    }
  }

  private static Map<String, Object> redrive(DeadLetterRedrive redrive) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("at", redrive.at().toString());
    fields.put("by", redrive.actor());
    fields.put("why", redrive.why());
    fields.put("times", redrive.times());
    return fields;
  }

  /**
   * Everything about one.
   *
   * @param full whether its bytes are shown as they are, personal data included
   */
  public static List<String> show(StoredLetter stored, boolean full) {
    DeadLetter letter = stored.letter();
    List<String> lines = new ArrayList<>();
    lines.add("dead letter  " + stored.id());
    lines.add("at           " + letter.at());
    lines.add("reason       " + letter.reason() + ": " + letter.reason().sentence());
    lines.add("detail       " + letter.detail());
    lines.add("what to do   " + letter.reason().suggestedAction());
    lines.add(
        "from         "
            + (letter.source() == null ? letter.origin() + ", by HTTP" : letter.source()));
    LetterId predecessor = stored.predecessor();
    if (predecessor != null) {
      lines.add("redrive of   " + predecessor + ", which failed");
    }
    for (DeadLetterRedrive redrive : stored.redrives()) {
      lines.add("redriven     " + redrive.at() + " by " + redrive.actor() + ": " + redrive.why());
    }
    lines.add("redrive      " + redrivability(stored));
    lines.add("key          " + Payload.key(letter.key(), full));
    new TreeMap<>(letter.headers())
        .forEach((name, value) -> lines.add("header       " + name + ": " + printable(value)));
    lines.addAll(Payload.lines(letter.original(), full));
    return lines;
  }

  private static String redrivability(StoredLetter stored) {
    List<String> refused = RedrivePlan.of(List.of(stored), false).refused();
    return refused.isEmpty() ? "possible, once the cause is mended" : "no, " + refused.get(0);
  }

  // A header was anybody's bytes; a terminal obeys some.
  private static String printable(String value) {
    return value.chars().anyMatch(Character::isISOControl) ? "(not printable)" : value;
  }
}
