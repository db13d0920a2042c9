package io.paidonce.providers;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything that is wrong with a configuration, gathered so that it is reported together. A place
 * reads like {@code accounts[2].platformKeys[0].pem}.
 */
public final class Problems {

  private final List<String> lines;
  private final String place;

  private Problems(List<String> lines, String place) {
    this.lines = lines;
    this.place = place;
  }

  public static Problems none() {
    return new Problems(new ArrayList<>(), "");
  }

  /** The same list, with problems placed below a field. */
  public Problems in(String field) {
    return new Problems(lines, place.isEmpty() ? field : place + "." + field);
  }

  /** The same list, with problems placed at an element of this list. */
  public Problems at(int index) {
    return new Problems(lines, place + "[" + index + "]");
  }

  /** Adds one sentence that says what is wrong and what to do; never a secret. */
  public void add(String sentence) {
    lines.add(place.isEmpty() ? sentence : place + ": " + requireNonNull(sentence, "sentence"));
  }

  public boolean isEmpty() {
    return lines.isEmpty();
  }

  /** In the order they were found. */
  public List<String> lines() {
    return List.copyOf(lines);
  }
}
