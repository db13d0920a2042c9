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

  private static final String LIFE_OF_AN_EXCEPTION =
      """
      ## The life of an exception

      A record of `payment-exceptions` says what is known of one case: `exceptionId`, which is made of kind, order and what it is
      about, `state`, `evidence`, and a `revision` that grows with every word about it. The read store keeps the newest.

      | it is | when |
      |---|---|
      | OPEN | the facts call for a decision; again, with more evidence, when they say more |
      | RESOLVED by itself | they no longer do: the order was placed, the payment came, all of it went back |
      | RESOLVED by a person | a RESOLVE was taken; `resolvedBy` and `resolution` are in the evidence |
      | OPEN again | a new fact says more than the person had decided about. A refund does not: it makes the case smaller |

      A person's decision is a record of `order-commands`, under the order's key:

      ```json
      {"schema": 2, "commandId": "resolve-1", "actor": "ann", "kind": "RESOLVE", "shop": "s1", "orderNo": "o1",
       "exceptionId": "DOUBLE_PAYMENT/s1:o1/wechat:1900000001:4200000002", "exceptionRevision": 1,
       "reason": "refunded by bank transfer", "issuedAt": "2026-01-31T12:00:00Z"}
      ```

      `exceptionRevision` is what the person saw: at a newer one the command is refused, and says so. It must be there for
      COMMAND_REFUSED and CONFLICTING_NOTIFICATION, else it may be left out. Resolving moves no money: where money is owed back, refund
      it; the refund's own notice closes the case.

      ## The kinds

      """;

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
    page.append(LIFE_OF_AN_EXCEPTION);
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
