package io.paidonce.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Every test that {@code docs/proof/questions.md} names is there. */
final class QuestionsPageTest {

  @Test
  void everyTestThatIsNamedExists() throws IOException {
    assertThat(TestSources.assertAllExist(Files.readString(Path.of("../docs/proof/questions.md"))))
        .isGreaterThan(40);
  }
}
