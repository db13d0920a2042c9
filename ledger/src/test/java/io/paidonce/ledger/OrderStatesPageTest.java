package io.paidonce.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.InputKind;
import io.paidonce.contract.OrderStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The page of the table is rendered from the code, so that it can't lie. After a change of the
 * table, run this test with {@code -Dpaidonce.render=true} once and review the page's diff.
 */
class OrderStatesPageTest {

  private static final Path PAGE = Path.of("..", "docs", "reference", "order-states.md");

  @Test
  void thePageIsWhatTheCodeDoes() throws IOException {
    String rendered = render();
    if (Boolean.getBoolean("paidonce.render")) {
      Files.writeString(PAGE, rendered);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(rendered);
  }

  private static String render() {
    StringBuilder page = new StringBuilder();
    page.append("# Order states\n\n")
        .append("Rendered from `io.paidonce.ledger.Move`; a test compares it.\n\n")
        .append("```mermaid\nstateDiagram-v2\n")
        .append("  [*] --> UNPLACED\n")
        .append("  UNPLACED --> PENDING: placed\n")
        .append("  UNPLACED --> PAID: placed, a fitting payment was held\n")
        .append("  PENDING --> PAID: a payment that fits\n")
        .append("  PENDING --> CANCELLED: cancelled\n```\n\n")
        .append("| status | input | what happens |\n|---|---|---|\n");
    for (OrderStatus status : OrderStatus.values()) {
      for (InputKind input : InputKind.values()) {
        page.append("| ")
            .append(status)
            .append(" | ")
            .append(input)
            .append(" | ")
            .append(Move.of(status, input).sentence())
            .append(" |\n");
      }
    }
    page.append(
            "\nWhatever the status, a transaction that is already in the ledger changes nothing;")
        .append(" if it now says\nsomething else, the exception is CONFLICTING_NOTIFICATION.\n");
    return page.toString();
  }
}
