package io.paidonce.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The reference pages are rendered from the code, so that they can't lie. After a change, run this
 * test once with {@code -Dpaidonce.render=true} and review the pages' diff.
 */
class ReferencePagesTest {

  private static final Path PAGES = Path.of("..", "docs", "reference");

  @Test
  void topicsAreAsDeclared() throws IOException {
    StringBuilder page = titled("Topics", "Topics");
    row(page, "topic", "key", "partitions", "kept", "flushed", "CloudEvents type", "about");
    row(page, "---", "---", "---", "---", "---", "---", "---");
    for (Topic<?> topic : Topics.all()) {
      row(
          page,
          "`" + topic.name() + "`",
          topic.key(),
          topic.partitions(),
          topic.kept(),
          topic.flush(),
          "`" + topic.eventType() + "`",
          topic.about());
    }
    compare("topics.md", page);
  }

  @Test
  void rejectionsAreAsCatalogued() throws IOException {
    StringBuilder page = titled("Rejections", "Rejection");
    page.append("The sender only ever learns the HTTP status.\n\n");
    row(page, "id", "HTTP", "what it means");
    row(page, "---", "---", "---");
    for (Rejection rejection : Rejection.values()) {
      row(page, "`" + rejection + "`", rejection.httpStatus(), rejection.sentence());
    }
    compare("rejections.md", page);
  }

  @Test
  void exceptionsAreAsCatalogued() throws IOException {
    StringBuilder page = titled("Exceptions", "ExceptionKind");
    row(page, "kind", "what happened", "what a person should do");
    row(page, "---", "---", "---");
    for (ExceptionKind kind : ExceptionKind.values()) {
      row(page, "`" + kind + "`", kind.sentence(), kind.suggestedAction());
    }
    compare("exceptions.md", page);
  }

  @Test
  void deadLettersAreAsCatalogued() throws IOException {
    StringBuilder page = titled("Dead letters", "DeadLetterReason");
    page.append("How to find, read and drive them again: [operating](../operating.md).\n\n");
    row(page, "reason", "what happened", "what a person should do", "can be driven again");
    row(page, "---", "---", "---", "---");
    for (DeadLetterReason reason : DeadLetterReason.values()) {
      row(
          page,
          "`" + reason + "`",
          reason.sentence(),
          reason.suggestedAction(),
          reason.isMendable() ? "yes" : "no");
    }
    compare("dead-letters.md", page);
  }

  private static StringBuilder titled(String title, String source) {
    return new StringBuilder("# " + title + "\n\n")
        .append("Rendered from `io.paidonce.contract." + source + "`; a test compares it.\n\n");
  }

  private static void row(StringBuilder page, Object... cells) {
    for (Object cell : cells) {
      page.append("| ").append(cell).append(' ');
    }
    page.append("|\n");
  }

  static void compare(String name, CharSequence page) throws IOException {
    Path file = PAGES.resolve(name);
    if (Boolean.getBoolean("paidonce.render")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, page);
    }
    assertThat(Files.readString(file)).isEqualTo(page.toString());
  }
}
