package io.paidonce.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paidonce.benchmarks.BenchSettings;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class BenchCommandTest {

  private static BenchSettings settings(String... arguments) {
    BenchCommand command = new BenchCommand();
    new CommandLine(command).parseArgs(arguments);
    return command.settings();
  }

  @Test
  void theDefaultsAreARunThatCounts() {
    BenchSettings settings = settings();
    assertThat(settings.warmUpSeconds()).isEqualTo(40);
    assertThat(settings.seconds()).isEqualTo(30);
    assertThat(settings.flush()).isTrue();
    assertThat(settings.duplicates()).isZero();
    assertThat(settings.rate()).isEqualTo(2_000);
    assertThat(settings.report()).isEqualTo(settings.directory());
  }

  @Test
  void quickIsShortUnlessSecondsSayOtherwise() {
    assertThat(settings("--quick").seconds()).isEqualTo(4);
    assertThat(settings("--quick", "--seconds", "9").seconds()).isEqualTo(9);
  }

  @Test
  void everyOptionIsTaken() {
    BenchSettings settings =
        settings("--seconds=12", "--flush=off", "--duplicates=0.3", "--rate=500", "--report=pages");
    assertThat(settings.seconds()).isEqualTo(12);
    assertThat(settings.flush()).isFalse();
    assertThat(settings.duplicates()).isEqualTo(new BigDecimal("0.3"));
    assertThat(settings.rate()).isEqualTo(500);
    assertThat(settings.report()).isEqualTo(Path.of("pages"));
  }

  @Test
  void flushIsOnOrOff() {
    assertThatThrownBy(() -> settings("--flush=maybe")).hasMessageContaining("on, off");
  }
}
