package io.paidonce.launcher.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.reconciler.diff.KeptDay;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another build in a process of its own, over kept traffic. */
final class OtherBuildTest {

  @TempDir private Path directory;

  private CommandRun diff(Mutation... mutations) {
    Path[] inFront =
        mutations.length == 0 ? new Path[0] : new Path[] {Mutation.compiled(mutations)};
    return CommandRun.of(
        "diff",
        "--traffic",
        KeptDay.traffic().toString(),
        "--with",
        BuiltFolder.with(directory, inFront).toString());
  }

  @Test
  void aBuildMakesTheSameAsItself() {
    CommandRun run = diff();
    assertThat(run.err()).filteredOn(line -> line.startsWith("paidonce:")).isEmpty();
    assertThat(run.out()).last().isEqualTo("No order would have another history.");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void aChangedRuleIsFoundAndEachOrderOfItNamed() {
    CommandRun run = diff(Mutation.LATE_MONEY_REOPENS_EVERY_ORDER);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .anySatisfy(
            line -> assertThat(line).matches("[a-z2-7]{12}:[a-z2-7]{12} from order-inputs-0@\\d+"))
        .anySatisfy(line -> assertThat(line).contains("to: \"CANCELLED\" here, \"PAID\" there"))
        .anySatisfy(line -> assertThat(line).matches("  order-paid .* is made there and not here"))
        .last()
        .asString()
        .endsWith("records are folded otherwise.");
  }

  @Test
  void aBuildFromBeforeIsToldApartFromADifference() {
    CommandRun run = diff(Mutation.WITHOUT_FOLD);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .anySatisfy(line -> assertThat(line).contains("does not offer `fold`, version 1"));
  }

  @Test
  void aFolderWithoutABuildIsRefused() {
    CommandRun run =
        CommandRun.of(
            "diff", "--traffic", KeptDay.traffic().toString(), "--with", directory.toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).first().asString().contains("there is no build at", "launcher.jar");
  }
}
