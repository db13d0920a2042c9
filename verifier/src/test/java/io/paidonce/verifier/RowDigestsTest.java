package io.paidonce.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowDigestsTest {

  private final RowDigests digests = new RowDigests(2);

  private static List<@Nullable String> row(@Nullable String... cells) {
    return Arrays.asList(cells);
  }

  @Test
  void aRowIsTheSameOnlyIfEveryCellIs() {
    List<@Nullable String> good = row("s1", "o1", "a", null, "", "7");
    digests.put(1, good);

    assertThat(digests.see(good)).isEqualTo(RowDigests.Match.SAME);
    for (int i = 2; i < good.size(); i++) {
      List<@Nullable String> changed = new ArrayList<>(good);
      changed.set(i, "other");
      assertThat(digests.see(changed)).isEqualTo(RowDigests.Match.DIFFERENT);
    }
    assertThat(digests.see(row("s1", "o1", "a", "", null, "7")))
        .as("null is not empty")
        .isEqualTo(RowDigests.Match.DIFFERENT);
    assertThat(digests.see(row("s1", "o2", "a", null, "", "7")))
        .isEqualTo(RowDigests.Match.UNKNOWN);
    assertThat(digests.see(row("s1o", "1", "a", null, "", "7")))
        .as("neighbours don't run into each other")
        .isEqualTo(RowDigests.Match.UNKNOWN);
  }

  @Test
  void theGreatestVersionHoldsAndOfThatTheFirst() {
    digests.put(2, row("s1", "o1", "second"));
    digests.put(1, row("s1", "o1", "first"));
    digests.put(2, row("s1", "o1", "second again"));

    assertThat(digests.see(row("s1", "o1", "second"))).isEqualTo(RowDigests.Match.SAME);
  }

  @Test
  void aHundredThousandRowsAreAllFoundAgain() {
    for (int i = 0; i < 100_000; i++) {
      digests.put(1, row("s1", "o" + i, "v" + i));
    }

    assertThat(digests.missing()).isEqualTo(100_000);
    for (int i = 0; i < 100_000; i++) {
      assertThat(digests.see(row("s1", "o" + i, "v" + i))).isEqualTo(RowDigests.Match.SAME);
    }
    assertThat(digests.missing()).isZero();
    assertThat(digests.see(row("s1", "o100000", "v"))).isEqualTo(RowDigests.Match.UNKNOWN);
  }
}
