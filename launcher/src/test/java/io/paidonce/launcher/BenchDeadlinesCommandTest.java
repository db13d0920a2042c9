package io.paidonce.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paidonce.benchmarks.topology.DeadlineSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class BenchDeadlinesCommandTest {

  private static DeadlineSettings settings(String... arguments) {
    BenchDeadlinesCommand command = new BenchDeadlinesCommand();
    new CommandLine(command).parseArgs(arguments);
    return command.settings();
  }

  @Test
  void theDefaultsAreARunThatCounts() {
    DeadlineSettings settings = settings();
    assertThat(settings.waiting()).isEqualTo(1_000_000);
    assertThat(settings.due()).isEqualTo(10_000);
    assertThat(settings.perSecond()).isEqualTo(500);
    assertThat(settings.seconds()).isEqualTo(60);
  }

  @Test
  void quickIsShortUnlessANumberSaysOtherwise() {
    DeadlineSettings settings = settings("--quick", "--due=7", "--per-second=8");
    assertThat(settings.waiting()).isEqualTo(5_000);
    assertThat(settings.due()).isEqualTo(7);
    assertThat(settings.perSecond()).isEqualTo(8);
    assertThat(settings.seconds()).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--waiting=0", "--due=0", "--per-second=0", "--seconds=9", "--seconds=121"})
  void whatCanNotBeMeasuredIsRefusedByName(String argument) {
    assertThatThrownBy(() -> settings(argument))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(argument.substring(0, argument.indexOf('=')));
  }
}
