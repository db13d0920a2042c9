package io.paidonce.providers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a question was about: the fields that an answer must repeat. A signature says who speaks,
 * not of what; the answer to another question is signed as well.
 */
public final class Subject {

  private final Map<String, String> fields = new LinkedHashMap<>();

  /** The answer must name it so. */
  public Subject with(String field, String expected) {
    fields.put(field, expected);
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
    return contradictedBy(name -> Optional.ofNullable(answer.path(name).textValue()));
  }

  /** The same of an answer that is no JSON, by the texts of its fields. */
  public Optional<String> contradictedBy(Function<String, Optional<String>> answer) {
    return fields.entrySet().stream()
        .filter(field -> !answer.apply(field.getKey()).equals(Optional.of(field.getValue())))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
