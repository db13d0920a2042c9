package io.paidonce.providers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A verdict that says nothing can't be made: it would be acknowledged and stored nowhere. */
class VerdictTest {

  @Test
  void anAuthenticCallbackSaysAtLeastOneThing() {
    assertThatThrownBy(() -> new Verdict.Authentic(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
