package io.paidonce.projector;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parameters behind the question mark. Strict, since a filter that is misspelt and therefore
 * ignored would answer more than was asked.
 */
final class Params {

  private static final int MOST = 20;
  private static final int LONGEST = 2_048;

  private final Map<String, String> values;

  private Params(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads them; {@code +} is a plus.
   *
   * @throws BadQuestionException naming the parameter that is none of these, comes twice or can't
   *     be read
   */
  static Params of(@Nullable String query, Set<String> known) {
    Map<String, String> values = new LinkedHashMap<>();
    if (query != null && !query.isEmpty()) {
      String[] pairs = query.split("&", MOST + 2);
      if (pairs.length > MOST) {
        throw bad("query", "there are more than " + MOST + " parameters", "Leave some out.");
      }
      for (String pair : pairs) {
        add(values, pair, known);
      }
    }
    return new Params(values);
  }

  private static void add(Map<String, String> values, String pair, Set<String> known) {
    int equals = pair.indexOf('=');
    String name = equals < 0 ? pair : pair.substring(0, equals);
    if (!known.contains(name)) {
      throw bad(
          "query",
          "there is no parameter of that name here",
          known.isEmpty()
              ? "Leave the question mark and all behind it out."
              : "Known here: " + String.join(", ", new TreeSet<>(known)) + ".");
    }
    String value =
        PathSegment.decode(equals < 0 ? "" : pair.substring(equals + 1))
            .filter(text -> !text.isEmpty() && text.length() <= LONGEST)
            .orElseThrow(
                () ->
                    bad(
                        name,
                        name + " is empty, longer than " + LONGEST + " characters or no UTF-8",
                        "Percent-encode the bytes of its UTF-8, or leave it out."));
    if (values.put(name, value) != null) {
      throw bad(name, name + " is there more than once", "Give it once.");
    }
  }

  Optional<String> text(String name, int longest) {
    Optional<String> value = Optional.ofNullable(values.get(name));
    value
        .filter(text -> text.length() > longest)
        .ifPresent(
            text -> {
              throw bad(
                  name,
                  name + " is longer than " + longest + " characters",
                  "Nothing known to us is as long.");
            });
    return value;
  }

  /** A text that must be there. */
  String required(String name, int longest) {
    return text(name, longest)
        .orElseThrow(() -> bad(name, name + " is missing", "Add ?" + name + "=… to the address."));
  }

  int number(String name, int least, int most, int otherwise) {
    String value = values.get(name);
    if (value == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below: whether it is no number or too large a one, the remedy is the same.
    }
    throw bad(
        name,
        name + " is no whole number from " + least + " to " + most,
        "Give a number from " + least + " to " + most + ".");
  }

  /** A number of minutes, where it is there. */
  Optional<Integer> minutes(String name, int most) {
    return values.containsKey(name) ? Optional.of(number(name, 0, most, 0)) : Optional.empty();
  }

  Optional<Instant> instant(String name) {
    return Optional.ofNullable(values.get(name))
        .map(
            value -> {
              try {
                return Instant.parse(value);
              } catch (DateTimeException e) {
                throw bad(
                    name, name + " is no time", "Write it like 2026-01-31T12:00:00Z, in UTC.");
              }
            });
  }

  <E extends Enum<E>> Optional<E> oneOf(String name, Class<E> type) {
    return Optional.ofNullable(values.get(name))
        .map(
            value ->
                Arrays.stream(type.getEnumConstants())
                    .filter(constant -> constant.name().equals(value))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            bad(
                                name,
                                name + " is none of its values",
                                "One of "
                                    + Arrays.stream(type.getEnumConstants())
                                        .map(Enum::name)
                                        .collect(Collectors.joining(", "))
                                    + ".")));
  }

  /** What tells one set of parameters from another, but for those left out. */
  String without(Set<String> names) {
    return values.entrySet().stream()
        .filter(one -> !names.contains(one.getKey()))
        .sorted(Map.Entry.comparingByKey())
        .map(one -> one.getKey() + "=" + one.getValue())
        .collect(Collectors.joining("\n"));
  }

  private static BadQuestionException bad(String field, String detail, String fix) {
    return new BadQuestionException(Problem.badRequest(detail, fix).of(field));
  }
}
