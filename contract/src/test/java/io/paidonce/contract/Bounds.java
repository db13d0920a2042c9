package io.paidonce.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.function.Predicate;

/**
 * Finds out the lengths and ranges that a record's own constructor checks, by changing one field of
 * good examples and reading them: the rule stays stated once, in the record. A bound is stated only
 * if it shows in every example and values beside it are accepted, since a refusal at one value may
 * come from another field.
 */
final class Bounds {

  /** Texts that may be longer than this have no bound worth stating. */
  private static final int LONGEST_TRIED = 4096;

  private static final String NO_CONTROL_CHARACTERS = "^[^\\u0000-\\u001f\\u007f-\\u009f]*$";

  private final Map<Class<?>, List<Object>> examples;

  Bounds(Map<Class<?>, List<Object>> examples) {
    this.examples = examples;
  }

  /** Adds what is known of one field to its schema. */
  void state(Class<?> type, RecordComponent component, ObjectNode schema) {
    if (component.getName().equals("schema")) {
      schema.put("minimum", 1).put("maximum", newest(type));
      return;
    }
    List<Probe> probes =
        examples.getOrDefault(type, List.of()).stream()
            .map(example -> Probe.of(example, component.getName()))
            .filter(probe -> !probe.isAbsent())
            .toList();
    if (probes.isEmpty()) {
      return;
    }
    if (component.getType() == String.class) {
      text(probes, schema);
    } else if (schema.path("type").asText().equals("integer")) {
      integer(probes, schema);
    }
  }

  private static int newest(Class<?> type) {
    try {
      return type.getField("SCHEMA").getInt(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " says no newest schema", e);
    }
  }

  private static void text(List<Probe> probes, ObjectNode schema) {
    if (all(probes, probe -> probe.takes("a") && !probe.takes(""))) {
      schema.put("minLength", 1);
    }
    Set<Integer> longest = new HashSet<>();
    probes.forEach(probe -> longest.add(probe.longest()));
    if (longest.size() == 1 && !longest.contains(LONGEST_TRIED) && !longest.contains(0)) {
      schema.put("maxLength", longest.iterator().next());
    }
    if (all(
        probes, probe -> probe.takes("a") && !probe.takes("a\u0000") && !probe.takes("\u009f"))) {
      schema.put("pattern", NO_CONTROL_CHARACTERS);
    }
  }

  private static void integer(List<Probe> probes, ObjectNode schema) {
    if (all(probes, probe -> probe.takes(-1, 0, 1, 2).equals("-+++"))) {
      schema.put("minimum", 0);
    } else if (all(probes, probe -> probe.takes(-1, 0, 1, 2).equals("--++"))) {
      schema.put("minimum", 1);
    }
    long most = Money.MAX_AMOUNT_MINOR;
    if (all(probes, probe -> probe.takes(most - 1, most, most + 1).equals("++-"))) {
      schema.put("maximum", most);
    }
  }

  private static boolean all(Collection<Probe> probes, Predicate<Probe> rule) {
    return probes.stream().allMatch(rule);
  }

  /** One example, of which one field is changed. */
  private record Probe(JsonSerde<?> serde, ObjectNode good, String field) {

    private static final JsonMapper JSON = new JsonMapper();

    static Probe of(Object example, String field) {
      return of(example.getClass(), example, field);
    }

    @SuppressWarnings("unchecked")
    private static <V> Probe of(Class<V> type, Object example, String field) {
      JsonSerde<V> serde = JsonSerde.of(type);
      try {
        return new Probe(serde, (ObjectNode) JSON.readTree(serde.write((V) example)), field);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    boolean isAbsent() {
      return !good.has(field);
    }

    boolean takes(String text) {
      return reads(good.deepCopy().put(field, text));
    }

    /** One sign a value: accepted or refused. */
    String takes(long... values) {
      LongPredicate taken = value -> reads(good.deepCopy().put(field, value));
      StringBuilder signs = new StringBuilder();
      for (long value : values) {
        signs.append(taken.test(value) ? '+' : '-');
      }
      return signs.toString();
    }

    /** The most letters it takes; 0 where it takes no letters, such as a currency. */
    int longest() {
      int fits = 0;
      int tooLong = LONGEST_TRIED + 1;
      while (tooLong - fits > 1) {
        int length = (fits + tooLong) / 2;
        if (takes("a".repeat(length))) {
          fits = length;
        } else {
          tooLong = length;
        }
      }
      return fits;
    }

    private boolean reads(JsonNode changed) {
      try {
        serde.read(changed.toString().getBytes(UTF_8));
        return true;
      } catch (UnreadableRecordException refused) {
        return false;
      }
    }
  }
}
