package io.paidonce.launcher.downstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The page shows the code that is killed and frozen in tests, and no other. After a change, run
 * this test once with {@code -Dpaidonce.render=true}.
 */
class DownstreamPageTest {

  private static final Path PAGE = Path.of("..", "docs", "downstream.md");
  private static final Path SAMPLE =
      Path.of("src/test/java/io/paidonce/launcher/downstream/ShippingService.java");

  @Test
  void thePageShowsTheSampleThatIsTested() throws IOException {
    String source = Files.readString(SAMPLE);
    String code = source.substring(source.indexOf("/** Ships"));
    String page = Files.readString(PAGE);
    int begin = page.indexOf("```java\n") + "```java\n".length();
    String rendered = page.substring(0, begin) + code + page.substring(page.indexOf("```", begin));
    if (Boolean.getBoolean("paidonce.render")) {
      Files.writeString(PAGE, rendered);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(rendered);
  }
}
