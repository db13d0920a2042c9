package io.paidonce.launcher.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.paidonce.contract.DeadLetterReason;
import io.paidonce.projector.deadletters.DeadLetters;
import io.paidonce.projector.deadletters.LetterFilter;
import io.paidonce.projector.deadletters.Redrive;
import io.paidonce.projector.deadletters.StoredLetter;
import io.paidonce.verifier.Report;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A build with defects is shipped, in intake and in the ledger; what it could not process is driven
 * again after the next one, as an operator would. The checker's zeros must hold at each step.
 */
// It compiles two defective builds. What is driven again, unit tests say in each build.
@Tag("proof")
final class RedriveIT {

  private static final Duration LENGTH = Duration.ofSeconds(3);
  private static final JsonMapper JSON = new JsonMapper();

  private final FaultStack stack = SharedStack.get();
  private final String since = Instant.now().toString();

  @Test
  void whatADefectKeptIsDrivenAgainAfterItIsMended() {
    Run run =
        Run.of("defects in intake and ledger, mended, dead letters driven again", Point.first());
    stack.load(run.random(), Duration.ofSeconds(1)).finish();
    Report before = stack.requireThePromise();
    restart(
        Mutation.compiled(Mutation.INTAKE_WITH_A_DEFECT),
        Mutation.compiled(Mutation.LEDGER_WITH_A_DEFECT));
    JournalTail seen = stack.load(run.random(), LENGTH).finish();
    Report kept = stack.requireThePromise();

    List<JsonNode> letters = list();
    assertThat(letters)
        .extracting(l -> l.path("origin").asText())
        .contains("payment-notifications", "order-inputs");
    assertThat(letters).allMatch(letter -> letter.path("redrives").isEmpty());
    String first = letters.get(0).path("id").asText();
    assertThat(deadLetters("show", first).out())
        .anyMatch(line -> line.startsWith("reason       PROCESSING_FAILED: "))
        .anyMatch(line -> line.startsWith("what to do   Mend it"));

    // A dry run writes nothing, and too early a redrive does no harm.
    assertThat(redrive("--all").out()).last().asString().startsWith("Dry run: nothing was written");
    assertThat(list()).isEqualTo(letters);
    assertThat(redrive(first, "--yes").out()).last().asString().startsWith("Driven again: 1.");
    stack.requireThePromise();
    assertThat(list())
        .as("the redrive that failed")
        .hasSize(letters.size() + 1)
        .anyMatch(letter -> letter.path("redrive_of").asText().equals(first));

    theLaterOfTwoOperatorsEndsTheOther();

    run.healing();
    restart();
    assertThat(redrive("--all", "--yes").out())
        .last()
        .asString()
        .startsWith("Driven again: " + letters.size() + ".");
    Report after = stack.requireThePromise();
    run.healed();
    assertThat(list()).allMatch(letter -> letter.path("redrives").size() == 1);
    assertThat(after.deadLetters()).isEqualTo(kept.deadLetters() + 1);
    assertThat(after.ordersPlaced()).isGreaterThan(kept.ordersPlaced());
    assertThat(after.ordersPaid()).isGreaterThan(kept.ordersPaid());

    // Once is enough, and twice does no harm.
    CommandRun refused = redrive(first, "--yes");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).anyMatch(line -> line.contains("was driven again at"));
    assertThat(redrive("--all", "--yes").out()).last().asString().startsWith("Driven again: 0.");
    assertThat(redrive("--all", "--again", "--yes").exitCode()).isZero();
    Report twice = stack.requireThePromise();
    assertThat(twice.ordersPaid()).isEqualTo(after.ordersPaid());
    assertThat(twice.deadLetters()).isEqualTo(after.deadLetters());
    run.passed(
        seen,
        twice,
        letters.size()
            + " dead letters; orders paid "
            + (kept.ordersPaid() - before.ordersPaid())
            + " with the defects, "
            + (after.ordersPaid() - before.ordersPaid())
            + " after the redrive");
  }

  private void theLaterOfTwoOperatorsEndsTheOther() {
    List<JsonNode> before = list();
    LetterFilter open =
        new LetterFilter(null, DeadLetterReason.PROCESSING_FAILED, Instant.parse(since));
    try (DeadLetters letters = DeadLetters.at(stack.bootstrapServers());
        Redrive one = Redrive.begin(stack.bootstrapServers(), Clock.systemUTC());
        Redrive later = Redrive.begin(stack.bootstrapServers(), Clock.systemUTC())) {
      List<StoredLetter> found = letters.find(open).letters();
      assertThatThrownBy(() -> one.run(found, "one", "too slow"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("driven again: 0 of " + found.size());
      assertThat(later.run(List.of(), "later", "nothing")).isZero();
    }
    assertThat(list()).isEqualTo(before);
  }

  private void restart(Path... classesInFront) {
    stack.streams().terminate();
    stack.streams().start(classesInFront).awaitReady();
  }

  private List<JsonNode> list() {
    CommandRun run =
        deadLetters("list", "--json", "--reason", "PROCESSING_FAILED", "--since", since);
    assertThat(run.err()).isEmpty();
    return run.out().stream().map(RedriveIT::parsed).toList();
  }

  private CommandRun redrive(String which, String... more) {
    Stream<String> filter =
        which.equals("--all")
            ? Stream.of("--reason", "PROCESSING_FAILED", "--since", since)
            : Stream.of();
    Stream<String> who = Stream.of("--by", "on-call", "--why", "the defect is mended");
    return deadLetters(
        Stream.of(Stream.of("redrive", which), filter, who, Stream.of(more))
            .flatMap(words -> words)
            .toArray(String[]::new));
  }

  private CommandRun deadLetters(String... arguments) {
    return CommandRun.of(
        Stream.of(
                Stream.of("deadletters"),
                Stream.of(arguments),
                Stream.of("--bootstrap-server", stack.bootstrapServers()))
            .flatMap(words -> words)
            .toArray(String[]::new));
  }

  private static JsonNode parsed(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError(line, e);
    }
  }
}
