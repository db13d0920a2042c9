package io.paidonce.launcher.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.launcher.doctor.Finding.Grade;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KafkaLookTest {

  /** A cluster that says what a test wants. */
  private record Told(List<String> problems, Duration offset) implements KafkaLook.Cluster {}

  private static List<Finding> look(List<String> problems, Duration offset) {
    return KafkaLook.of("kafka-1:9092", new Told(problems, offset));
  }

  @Test
  void aSafeClusterAndANearClockAreWell() {
    assertThat(look(List.of(), Duration.ofMillis(12)))
        .allMatch(finding -> finding.grade() == Grade.OK)
        .extracting(Finding::sentence)
        .containsExactly(
            "kafka-1:9092 answers, and its topics are as declared",
            "12 ms from that of Kafka's brokers");
  }

  @Test
  void eachUnsafeSettingIsToMend() {
    List<Finding> found =
        look(List.of("order-paid does not exist; run: paidonce topics apply"), Duration.ZERO);
    assertThat(found.get(0).grade()).isEqualTo(Grade.MEND);
    assertThat(found.get(0).sentence()).contains("paidonce topics apply");
    assertThat(found.get(1).grade()).isEqualTo(Grade.WARNING);
  }

  @Test
  void aClockThatDiffersIsGradedByHowMuch() {
    assertThat(look(List.of(), Duration.ofMillis(-1_500)).get(1))
        .isEqualTo(
            Finding.warning(
                "clock",
                "this machine and Kafka's brokers differ by 1500 ms: synchronise both by NTP"));
    assertThat(look(List.of(), Duration.ofSeconds(-9)).get(1))
        .matches(f -> f.grade() == Grade.MEND && f.sentence().contains("9 s ahead of"));
  }

  @Test
  void aSilentClusterIsNamedWithItsAddress() {
    KafkaLook.Cluster silent =
        new KafkaLook.Cluster() {
          @Override
          public List<String> problems() {
            throw new IllegalStateException("Kafka did not answer within 10 s");
          }

          @Override
          public Duration offset() {
            throw new AssertionError("asked after silence");
          }
        };
    assertThat(KafkaLook.of("kafka-9:9092", silent))
        .singleElement()
        .matches(f -> f.grade() == Grade.MEND && f.sentence().contains("kafka-9:9092"));
  }
}
