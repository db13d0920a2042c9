package io.paidonce.providers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The limits that are too wide for a line of the vector file, from both sides. */
class StrictJsonTest {

  @Test
  void aTextIsAtMost512Kibi() {
    assertThat(read("{\"a\":\"" + "x".repeat(1 << 19) + "\"}")).isTrue();
    assertThat(read("{\"a\":\"" + "x".repeat((1 << 19) + 1) + "\"}")).isFalse();
  }

  @Test
  void aNameIsAtMost256() {
    assertThat(read("{\"" + "n".repeat(256) + "\":1}")).isTrue();
    assertThat(read("{\"" + "n".repeat(257) + "\":1}")).isFalse();
  }

  @Test
  void aDocumentIsAtMostOneMebi() {
    assertThat(read("{}" + " ".repeat((1 << 20) - 2))).isTrue();
    assertThat(read("{}" + " ".repeat((1 << 20) - 1))).isFalse();
  }

  private static boolean read(String json) {
    try {
      return StrictJson.object(json.getBytes(UTF_8), "the body").isObject();
    } catch (UnreadableContentException e) {
      return false;
    }
  }
}
