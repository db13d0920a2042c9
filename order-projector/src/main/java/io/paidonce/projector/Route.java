package io.paidonce.projector;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One address with what answers there.
 *
 * @param pattern its parts; {@code {name}} stands for any text
 * @param params the parameters that it knows
 */
record Route(List<String> pattern, Set<String> params, Question question) {

  static final int LONGEST_SEGMENT = 200;

  /** Answers on a worker thread, where it may wait for PostgreSQL. */
  interface Question {
    Answer answer(Asked asked) throws SQLException;
  }

  static Route of(String pattern, Set<String> params, Question question) {
    return new Route(List.of(pattern.split("/", -1)), params, question);
  }

  boolean fits(List<String> path) {
    if (path.size() != pattern.size()) {
      return false;
    }
    for (int i = 0; i < path.size(); i++) {
      if (!isOpen(i) && !pattern.get(i).equals(path.get(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * What stands where the pattern is open, decoded.
   *
   * @throws BadQuestionException naming the part that can't be read
   */
  List<String> read(List<String> path) {
    List<String> read = new ArrayList<>();
    for (int i = 0; i < path.size(); i++) {
      if (isOpen(i)) {
        String name = pattern.get(i).substring(1, pattern.get(i).length() - 1);
        read.add(decoded(path.get(i)).orElseThrow(() -> unreadable(name)));
      }
    }
    return read;
  }

  private boolean isOpen(int i) {
    return pattern.get(i).startsWith("{");
  }

  private static Optional<String> decoded(String raw) {
    return PathSegment.decode(raw)
        .filter(text -> !text.isBlank() && text.length() <= LONGEST_SEGMENT);
  }

  private static BadQuestionException unreadable(String name) {
    return new BadQuestionException(
        Problem.badRequest(
                name + " is empty, too long or not percent-encoded UTF-8",
                "Percent-encode the bytes of its UTF-8, at most "
                    + LONGEST_SEGMENT
                    + " characters.")
            .of(name));
  }

  @Override
  public String toString() {
    return String.join("/", pattern);
  }
}
