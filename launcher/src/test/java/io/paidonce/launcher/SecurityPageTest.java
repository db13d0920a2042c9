package io.paidonce.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@code docs/security.md} has a row for each known attack, with tests that are there. */
final class SecurityPageTest {

  private static final Path PAGE = Path.of("../docs/security.md");
  private static final int ATTACKS = 21;

  @Test
  void everyTestThatIsNamedExists() throws IOException {
    assertThat(TestSources.assertAllExist(Files.readString(PAGE))).isGreaterThan(50);
  }

  @Test
  void everyAttackHasItsPlace() throws IOException {
    List<String> lines = Files.readAllLines(PAGE);
    assertThat(IntStream.rangeClosed(1, ATTACKS).mapToObj(number -> "S" + number))
        .allSatisfy(
            attack ->
                assertThat(lines)
                    .anyMatch(
                        line ->
                            (line.startsWith("| " + attack + " |") && line.contains("#"))
                                || line.contains("(" + attack + ")")));
  }
}
