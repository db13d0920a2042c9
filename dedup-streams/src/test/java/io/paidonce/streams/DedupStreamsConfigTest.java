package io.paidonce.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DedupStreamsConfigTest {

  @Test
  void theDefaultsAreThese() {
    assertThat(
            new DedupStreamsConfig("b:9092", null, "s", null, null, null, null, null, null, null))
        .isEqualTo(
            new DedupStreamsConfig(
                "b:9092", "paidonce-dedup-streams", "s", 1, 3, 1, null, 128, "127.0.0.1", 9091));
  }

  @Test
  void everythingWrongIsReportedTogetherByField() {
    DedupStreamsConfig wrong =
        new DedupStreamsConfig(null, "a b", null, 0, 0, -1, null, 1, null, 70_000);
    assertThat(wrong.problems())
        .hasSize(8)
        .anyMatch(p -> p.startsWith("bootstrapServers:"))
        .anyMatch(p -> p.startsWith("stateDir:"))
        .anyMatch(p -> p.startsWith("applicationId:"))
        .anyMatch(p -> p.equals("threads: must be 1 to 64, is 0"))
        .anyMatch(p -> p.equals("managementPort: must be 0 to 65535, is 70000"));
  }

  @Test
  void anUnusableConfigurationStartsNothing() {
    DedupStreamsConfig wrong =
        new DedupStreamsConfig(null, null, null, null, null, null, null, null, null, null);
    assertThatThrownBy(() -> DedupStreamsMain.start(wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bootstrapServers")
        .hasMessageContaining("stateDir");
  }
}
