package io.paidonce.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The page about the table, of two parts: what the table says, and what trying found. */
final class OrderStatesPage {

  private static final Path PAGE = Path.of("..", "docs", "reference", "order-states.md");
  private static final String ARRIVAL = "\n## Where arrival decides\n";

  private OrderStatesPage() {}

  static void compareTable(String rendered) throws IOException {
    compare(0, rendered);
  }

  static void compareArrival(String rendered) throws IOException {
    compare(1, rendered);
  }

  private static void compare(int part, String rendered) throws IOException {
    String page = Files.readString(PAGE);
    String[] parts = page.split(ARRIVAL, 2);
    if (Boolean.getBoolean("paidonce.render")) {
      String other = parts.length > 1 ? parts[1 - part] : page;
      Files.writeString(PAGE, part == 0 ? rendered + ARRIVAL + other : other + ARRIVAL + rendered);
      return;
    }
    assertThat(parts).as("parts of " + PAGE).hasSize(2);
    assertThat(parts[part]).isEqualTo(rendered);
  }
}
