package io.paidonce.providers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a question was about: the fields that an answer must repeat. A signature says who speaks,
 * not of what; the answer to another question is signed as well.
 */
public final class Subject {

  private final Map<String, String> fields = new LinkedHashMap<>();
  private @Nullable Members members;

  private record Members(String list, String field, Set<String> expected) {

    boolean areNamedBy(JsonNode answer) {
      Set<String> named = new HashSet<>();
      answer.path(list).forEach(member -> named.add(member.path(field).asText("")));
      return named.containsAll(expected);
    }
  }

  /** The answer must name it so. */
  public Subject with(String field, String expected) {
    fields.put(field, expected);
    return this;
  }

  /** The answer must have a list of objects that name all of these. */
  public Subject withEach(String list, String field, Collection<String> expected) {
    members = new Members(list, field, Set.copyOf(expected));
    return this;
  }

  /**
   * Whether an answer that failed names it, as far as it names anything: the provider's errors may
   * leave out what was asked.
   */
  public boolean isNamedBy(JsonNode answer) {
    return contradictedBy(answer).isEmpty();
  }

  /** Whether an answer holds none of its fields at all. */
  public boolean isUnmentionedBy(JsonNode answer) {
    return fields.keySet().stream().noneMatch(answer::has);
  }

  /** The field that names something else or nothing; empty where the answer is about this. */
  public Optional<String> contradictedBy(JsonNode answer) {
    Optional<String> field =
        contradictedBy(name -> Optional.ofNullable(answer.path(name).textValue()));
    Members all = members;
    return field.isEmpty() && all != null && !all.areNamedBy(answer)
        ? Optional.of(all.list())
        : field;
  }

  /** The same of an answer that is no JSON, by the texts of its fields. */
  public Optional<String> contradictedBy(Function<String, Optional<String>> answer) {
    return fields.entrySet().stream()
        .filter(field -> !answer.apply(field.getKey()).equals(Optional.of(field.getValue())))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
