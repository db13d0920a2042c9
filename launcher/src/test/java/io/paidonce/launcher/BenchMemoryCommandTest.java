package io.paidonce.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.benchmarks.topology.MemorySettings;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class BenchMemoryCommandTest {

  private static MemorySettings settings(String... arguments) {
    BenchMemoryCommand command = new BenchMemoryCommand();
    new CommandLine(command).parseArgs(arguments);
    return command.settings();
  }

  @Test
  void theDefaultsAreARunThatCounts() {
    MemorySettings settings = settings();
    assertThat(settings.remembered()).isEqualTo(10_000_000);
    assertThat(settings.warmUp()).isEqualTo(20_000);
    assertThat(settings.notifications()).isEqualTo(10_000);
    assertThat(settings.windows()).isEqualTo(5);
    assertThat(settings.flush()).isTrue();
  }

  @Test
  void quickIsShortUnlessANumberSaysOtherwise() {
    MemorySettings settings = settings("--quick", "--remembered", "300000");
    assertThat(settings.remembered()).isEqualTo(300_000);
    assertThat(settings.warmUp()).isEqualTo(1_000);
    assertThat(settings.notifications()).isEqualTo(1_000);
  }

  @Test
  void everyOptionIsTaken() {
    MemorySettings settings =
        settings(
            "--remembered=7", "--notifications=8", "--windows=9", "--warm-up=10", "--flush=off");
    assertThat(settings.remembered()).isEqualTo(7);
    assertThat(settings.notifications()).isEqualTo(8);
    assertThat(settings.windows()).isEqualTo(9);
    assertThat(settings.warmUp()).isEqualTo(10);
    assertThat(settings.flush()).isFalse();
  }
}
