package io.paidonce.reconciler.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScratchNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Upper",
        "with-dash",
        "a b",
        "a;drop",
        "a\"b",
        "1st",
        "_x",
        "schéma",
        "pg_x",
        "public",
        "information_schema"
      })
  void aNameThatCouldBeSomethingElseIsRefused(String name) {
    assertThatThrownBy(() -> new ScratchName(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--into");
  }

  @Test
  void aPlainNameIsTaken() {
    assertThat(new ScratchName("replay_2026")).hasToString("replay_2026");
    assertThatThrownBy(() -> new ScratchName("a".repeat(64))).hasMessageContaining("63");
  }

  @Test
  void rowsHoldWhatTheyWereGiven() {
    CopyText rows = new CopyText();
    rows.add("a\tb\\c\nd\re").add((String) null).add(7).endRow();
    assertThat(new String(rows.take(), UTF_8)).isEqualTo("a\\tb\\\\c\\nd\\re\t\\N\t7\n");
    assertThat(rows.length()).isZero();
  }
}
