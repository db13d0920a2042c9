package io.paidonce.launcher.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.paidonce.launcher.doctor.Finding.Grade;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class ExaminationTest {

  @Test
  void whatHangsOrBreaksIsAFindingAndHoldsNothingUp() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    List<Finding> found =
        new Examination(Duration.ofMillis(300))
            .look(
                "kafka",
                () -> {
                  never.await();
                  return List.of();
                })
            .look("keys", () -> List.of(Finding.ok("keys", "well")))
            .look(
                "postgresql",
                () -> {
                  throw new IllegalStateException("PostgreSQL is away");
                })
            .findings();
    assertThat(found)
        .extracting(Finding::about, Finding::grade)
        .containsExactly(
            tuple("kafka", Grade.MEND), tuple("keys", Grade.OK), tuple("postgresql", Grade.MEND));
    assertThat(found.get(0).sentence()).contains("no end after");
    assertThat(found.get(2).sentence()).isEqualTo("PostgreSQL is away");
  }

  @Test
  void theExitCodeIsThatOfTheWorst() {
    Finding ok = Finding.ok("a", "b");
    assertThat(Examination.exitCode(List.of())).isZero();
    assertThat(Examination.exitCode(List.of(ok))).isZero();
    assertThat(Examination.exitCode(List.of(Finding.warning("a", "b"), ok))).isEqualTo(1);
    assertThat(Examination.exitCode(List.of(ok, Finding.mend("a", "b"), ok))).isEqualTo(2);
  }
}
