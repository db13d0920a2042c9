package io.paidonce.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paidonce.benchmarks.readstore.ProjectorSettings;
import io.paidonce.benchmarks.readstore.QuerySettings;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class BenchReadStoreCommandsTest {

  private static ProjectorSettings projector(String... arguments) {
    BenchProjectorCommand command = new BenchProjectorCommand();
    new CommandLine(command).parseArgs(arguments);
    return command.settings();
  }

  private static QuerySettings query(String... arguments) {
    BenchQueryCommand command = new BenchQueryCommand();
    new CommandLine(command).parseArgs(arguments);
    return command.settings();
  }

  @Test
  void theDefaultsAreRunsThatCount() {
    assertThat(projector().orders()).isEqualTo(500_000);
    assertThat(projector().seconds()).isEqualTo(120);
    assertThat(projector().everything()).isFalse();
    assertThat(query().orders()).isEqualTo(1_000_000);
    assertThat(query().rate()).isEqualTo(500);
    assertThat(query().writes()).isEqualTo(2_000);
  }

  @Test
  void everyOptionIsTakenAndQuickIsShort() {
    assertThat(projector("--quick").orders()).isEqualTo(2_000);
    assertThat(projector("--orders=9", "--seconds=7", "--everything", "--profile"))
        .matches(s -> s.orders() == 9 && s.seconds() == 7 && s.everything() && s.profile());
    assertThat(query("--quick").orders()).isEqualTo(2_000);
    assertThat(query("--orders=10", "--rate=3", "--writes=0", "--seconds=4"))
        .matches(s -> s.orders() == 10 && s.rate() == 3 && s.writes() == 0 && s.seconds() == 4);
  }

  @Test
  void whatCantBeIsRefusedByItsOption() {
    assertThatThrownBy(() -> projector("--orders=0")).hasMessageContaining("--orders must be");
    assertThatThrownBy(() -> query("--writes=-1")).hasMessageContaining("--writes must be");
  }
}
