package io.paidonce.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Javadoc of a type of ours, from its source, so that a schema tells what the code tells.
 *
 * @param text what stands between the comment's delimiters, on one line
 */
record Javadoc(String text) {

  private static final Path SOURCES = Path.of("src", "main", "java");

  static Javadoc of(Class<?> type) {
    try {
      String source = Files.readString(SOURCES.resolve(type.getName().replace('.', '/') + ".java"));
      Matcher comment =
          Pattern.compile(
                  "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@\\w+\\s+)*public (?:record|enum) "
                      + type.getSimpleName()
                      + "\\b",
                  Pattern.DOTALL)
              .matcher(source);
      return new Javadoc(comment.find() ? plain(comment.group(1)) : "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first paragraph. */
  String summary() {
    return text.replaceFirst("(<p>|@param ).*", "").strip();
  }

  /** What is said of a record's component; empty where nothing is. */
  String parameter(String name) {
    Matcher found = Pattern.compile("@param " + name + " (.*?)(?=@param |$)").matcher(text);
    return found.find() ? found.group(1).strip() : "";
  }

  private static String plain(String comment) {
    return comment
        .replaceAll("(?m)^\\s*\\* ?", "")
        .replaceAll("\\{@(?:code|link) ([^}]*)}", "$1")
        .replaceAll("\\s+", " ");
  }
}
