package io.paidonce.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ScriptTest {

  @Test
  void newCallbacksComeInTheirOrderAndOnlySentOnesAreRepeated() {
    Script script = new Script(1_000, 300, new SplittableRandom(1));
    int sent = 0;
    while (!script.isOut()) {
      Shot shot = script.next(0);
      if (shot.repeated()) {
        assertThat(shot.number()).isLessThan(sent);
      } else {
        assertThat(shot.number()).isEqualTo(sent++);
      }
    }
    assertThat(sent).isEqualTo(1_000);
  }

  @Test
  void theShareOfAllRequestsIsRepeated() {
    Script script = new Script(100_000, 300, new SplittableRandom(1));
    long repeated =
        Stream.generate(() -> script.next(0)).limit(100_000).filter(Shot::repeated).count();
    assertThat(repeated).isBetween(29_000L, 31_000L);
  }

  @Test
  void withoutDuplicatesNoneIsRepeated() {
    Script script = new Script(100, 0, new SplittableRandom(1));
    assertThat(Stream.generate(() -> script.next(0)).limit(100).filter(Shot::repeated)).isEmpty();
    assertThat(script.isOut()).isTrue();
  }
}
