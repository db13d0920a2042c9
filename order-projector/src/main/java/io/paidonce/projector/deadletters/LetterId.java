package io.paidonce.projector.deadletters;

import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topics;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter by its place in {@code dead-letters}: short enough to type, and found without a
 * search.
 */
public record LetterId(int partition, long offset) implements Comparable<LetterId> {

  private static final Pattern FORM = Pattern.compile("(\\d{1,4}):(\\d{1,18})");

  /**
   * Reads what {@code list} shows.
   *
   * @throws IllegalArgumentException saying what one looks like
   */
  public static LetterId parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "\""
              + text
              + "\" is no id of a dead letter; one looks like 3:17 (partition:offset), as"
              + " paidonce deadletters list shows it");
    }
    LetterId id = new LetterId(Integer.parseInt(form.group(1)), Long.parseLong(form.group(2)));
    int partitions = Topics.DEAD_LETTERS.partitions();
    if (id.partition() >= partitions) {
      throw new IllegalArgumentException(
          id + ": dead-letters has partitions 0 to " + (partitions - 1));
    }
    return id;
  }

  /** The id in a header or an audit record; absent where there is none. */
  static @Nullable LetterId parseIfPresent(@Nullable String text) {
    return text == null || !FORM.matcher(text).matches() ? null : parse(text);
  }

  static LetterId of(RecordCoordinates at) {
    return new LetterId(at.partition(), at.offset());
  }

  /** Where it stands. */
  public RecordCoordinates coordinates() {
    return new RecordCoordinates(Topics.DEAD_LETTERS.name(), partition, offset);
  }

  @Override
  public int compareTo(LetterId other) {
    return partition != other.partition
        ? Integer.compare(partition, other.partition)
        : Long.compare(offset, other.offset);
  }

  @Override
  public String toString() {
    return partition + ":" + offset;
  }
}
