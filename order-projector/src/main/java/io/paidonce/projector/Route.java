package io.paidonce.projector;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One address with what answers there, and all that the API's description says of it.
 *
 * @param pattern its parts; {@code {name}} stands for any text
 * @param summary one sentence
 * @param params the parameters that it knows
 * @param body the fields of its JSON body; none where it has no body
 * @param replies how it answers when all is well, and problems that only it has
 */
record Route(
    HttpMethod method,
    List<String> pattern,
    String summary,
    List<Param> params,
    List<Param> body,
    List<Reply> replies,
    Answering answering) {

  static final int LONGEST_SEGMENT = 200;

  /** Answers on the event loop, now or later, and waits for nothing there. */
  interface Answering {
    void answer(Asked asked, HttpServerRequest request);
  }

  /** Answers on a worker thread, where it may wait for PostgreSQL. */
  interface Question {
    Answer answer(Asked asked) throws SQLException;
  }

  static Route get(
      String pattern,
      String summary,
      List<Param> params,
      List<Reply> replies,
      Answering answering) {
    return new Route(
        HttpMethod.GET, parts(pattern), summary, params, List.of(), replies, answering);
  }

  static Route post(
      String pattern, String summary, List<Param> body, List<Reply> replies, Answering answering) {
    return new Route(HttpMethod.POST, parts(pattern), summary, List.of(), body, replies, answering);
  }

  private static List<String> parts(String pattern) {
    return List.of(pattern.split("/", -1));
  }

  /** Whether it is answered in one piece, so that its length can be told without it. */
  boolean isWhole() {
    return HttpMethod.GET.equals(method)
        && replies.stream().noneMatch(reply -> reply.type().startsWith("text/"));
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

  /** The names of the parts that stand for any text, in their order. */
  List<String> openParts() {
    return pattern.stream()
        .filter(part -> part.startsWith("{"))
        .map(part -> part.substring(1, part.length() - 1))
        .toList();
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
