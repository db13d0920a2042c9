package io.paidonce.ledger;

import io.paidonce.contract.InputKind;
import io.paidonce.contract.OrderStatus;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * The page of the table is rendered from the code, so that it can't lie. After a change of the
 * table, run this test with {@code -Dpaidonce.render=true} once and review the page's diff.
 */
class OrderStatesPageTest {

  @Test
  void thePageIsWhatTheCodeDoes() throws IOException {
    OrderStatesPage.compareTable(render());
  }

  private static String render() {
    StringBuilder page = new StringBuilder();
    page.append("# Order states\n\n")
        .append("Rendered from `io.paidonce.ledger.Move`; a test compares it.\n\n")
        .append("```mermaid\nstateDiagram-v2\n")
        .append("  [*] --> UNPLACED\n")
        .append("  UNPLACED --> PENDING: placed\n")
        .append("  UNPLACED --> PAID: placed, a fitting payment was held\n")
        .append("  UNPLACED --> REFUNDED: placed, all of its money went back before\n")
        .append("  PENDING --> PAID: a payment that fits, or parts that reach what is due\n")
        .append("  PENDING --> REFUNDED: money that went back before it came\n")
        .append(
            "  PENDING --> CANCELLED: cancelled, or its time to pay is over with onDeadline LOCAL\n")
        .append("  PAID --> SHIPPED: shipped\n")
        .append("  SHIPPED --> COMPLETED: completed\n")
        .append("  PAID --> REFUNDED: nothing is left\n")
        .append("  SHIPPED --> REFUNDED: nothing is left\n")
        .append("  COMPLETED --> REFUNDED: nothing is left\n")
        .append("  CANCELLED --> PAID: late money, policy REOPEN\n```\n\n")
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
