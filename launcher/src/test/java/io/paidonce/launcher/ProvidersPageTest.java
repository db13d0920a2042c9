package io.paidonce.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.providers.CallbackProtocol;
import io.paidonce.providers.Protocols;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code docs/providers/README.md} shows each protocol, and each cell by a test that is there. */
final class ProvidersPageTest {

  private static final Path PAGE = Path.of("../docs/providers/README.md");

  @Test
  void everyTestThatIsNamedExists() throws IOException {
    assertThat(TestSources.assertAllExist(Files.readString(PAGE))).isGreaterThan(24);
  }

  @Test
  void everyProtocolIsShownInEveryColumn() throws IOException {
    List<String> lines = Files.readAllLines(PAGE);
    for (CallbackProtocol<?> protocol : Protocols.all()) {
      List<String> rows =
          lines.stream().filter(line -> line.startsWith("| `" + protocol.id() + "` |")).toList();
      assertThat(rows).as(protocol.id()).hasSize(1);
      List<String> cells = Arrays.asList(rows.get(0).split("\\|")).subList(2, 8);
      assertThat(cells).as(protocol.id()).allSatisfy(cell -> assertThat(cell).contains("#"));
      assertThat(lines)
          .as("the overview's row of " + protocol.id())
          .anyMatch(line -> line.startsWith("| [`" + protocol.id() + "`]("));
    }
  }
}
