package io.paidonce.projector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** An instance is as well as the least of its writers. */
class HealthTest {

  private final Health first = new Health();
  private final Health second = first.ofAnotherWriter();

  @Test
  void itIsReadyWhenAllWritersAre() {
    first.databaseUp();
    assertThat(first.isReady()).isFalse();
    second.databaseUp();
    assertThat(first.isReady()).isTrue();
    second.databaseDown("cut");
    assertThat(first.isReady()).isFalse();
    assertThat(first.database()).isEqualTo("down: cut");
    assertThat(second.database()).isEqualTo("down: cut");
    second.databaseUp();
    assertThat(first.database()).isEqualTo("up");
  }

  @Test
  void oneThatDiesEndsAll() {
    second.died(new IllegalStateException("a defect"));
    assertThat(first.isAlive()).isFalse();
    assertThat(first.failure().toCompletableFuture()).isDone();
  }
}
