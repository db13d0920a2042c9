package io.paidonce.launcher;

import io.paidonce.contract.DeadLetterReason;
import io.paidonce.launcher.deadletters.LetterText;
import io.paidonce.projector.deadletters.DeadLetters;
import io.paidonce.projector.deadletters.LetterFilter;
import io.paidonce.projector.deadletters.LetterId;
import io.paidonce.projector.deadletters.Redrive;
import io.paidonce.projector.deadletters.RedrivePlan;
import io.paidonce.projector.deadletters.StoredLetter;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What could not be processed, and how it comes to be processed after all. */
@Command(
    name = "deadletters",
    description = "Lists, shows and drives again what could not be processed.",
    mixinStandardHelpOptions = true)
final class DeadLettersCommand {

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before it calls a method
  private CommandSpec spec;

  /** Which dead letters. */
  static final class Filter {
    @Option(
        names = "--topic",
        paramLabel = "TOPIC",
        description = "Only what came from this topic, or to this callback path.")
    private @Nullable String topic;

    @Option(
        names = "--reason",
        paramLabel = "REASON",
        description = "Only these: ${COMPLETION-CANDIDATES}.")
    private @Nullable DeadLetterReason reason;

    @Option(
        names = "--since",
        paramLabel = "TIME",
        converter = SinceConverter.class,
        description =
            "Only what came in since: 90m, 12h, 7d, or an instant like 2026-01-31T12:00:00Z.")
    private @Nullable Instant since;

    private LetterFilter filter() {
      return new LetterFilter(topic, reason, since);
    }

    private boolean isGiven() {
      return topic != null || reason != null || since != null;
    }
  }

  /** What is asked of a redrive. */
  static final class Wish {
    @Parameters(paramLabel = "ID", arity = "0..*", description = "As list shows them, like 3:17.")
    private List<String> ids = List.of();

    @Option(names = "--all", description = "All that --topic, --reason and --since let pass.")
    private boolean all;

    @Option(names = "--yes", description = "Do it. Without this, only say what would be done.")
    private boolean yes;

    @Option(
        names = "--by",
        paramLabel = "NAME",
        description = "Who does it: kept with each record. Needed with --yes.")
    private @Nullable String by;

    @Option(
        names = "--why",
        paramLabel = "TEXT",
        description = "What was mended: kept with each record. Needed with --yes.")
    private @Nullable String why;

    @Option(names = "--again", description = "Also what was driven again before.")
    private boolean again;

    private void requireSense(boolean filtered) {
      if (ids.isEmpty() == !all) {
        throw new IllegalArgumentException("name ids, or --all with or without filters");
      }
      if (filtered && !all) {
        throw new IllegalArgumentException("--topic, --reason and --since need --all");
      }
      if (yes && (by == null || why == null)) {
        throw new IllegalArgumentException(
            "--yes needs --by NAME and --why TEXT: both are kept for whoever asks later");
      }
    }
  }

  @Command(
      name = "list",
      description = {
        "Shows the newest first, and which were driven again.",
        "Their content is not shown. Exit code 0, whether there are any or not."
      },
      mixinStandardHelpOptions = true)
  void list(
      @Mixin KafkaOption kafka,
      @Mixin Filter filter,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "50",
              description = "Rows of the table. Default: ${DEFAULT-VALUE}.")
          int limit,
      @Option(names = "--json", description = "All of them, one JSON object a line.")
          boolean json) {
    try (DeadLetters letters = DeadLetters.at(kafka.bootstrapServers())) {
      DeadLetters.Found found = letters.find(filter.filter());
      found.unreadable().forEach(err()::println);
      if (json) {
        found.letters().forEach(letter -> out().println(LetterText.json(letter)));
      } else {
        LetterText.table(found.letters(), limit).forEach(out()::println);
      }
    }
  }

  @Command(
      name = "show",
      description = {
        "Shows one: why, what to do, and its bytes.",
        "Personal data is masked: only fields are told that are known to be about no person."
      },
      mixinStandardHelpOptions = true)
  void show(
      @Mixin KafkaOption kafka,
      @Parameters(paramLabel = "ID", description = "As list shows it, like 3:17.") String id,
      @Option(names = "--full", description = "Every byte, personal data included.") boolean full) {
    LetterId wanted = LetterId.parse(id);
    try (DeadLetters letters = DeadLetters.at(kafka.bootstrapServers())) {
      LetterText.show(letters.get(wanted), full).forEach(out()::println);
    }
  }

  @Command(
      name = "redrive",
      description = {
        "Sends originals back to the topic and partition they came from.",
        "Without --yes it is a dry run: it says what would be done and writes nothing.",
        "Each carries headers that say which dead letter it was, who drove it again, why and how"
            + " often; list then shows the dead letter as redriven. Such a record takes the road of"
            + " any other, so one that was processed meanwhile is recognised as a duplicate.",
        "Refused: what was driven again before (unless --again), what came by HTTP and never was a"
            + " record, and what would fail again whatever is mended. If one of the named ids is"
            + " refused, nothing is done and the exit code is 2; with --all the others are done."
      },
      mixinStandardHelpOptions = true)
  int redrive(@Mixin KafkaOption kafka, @Mixin Filter filter, @Mixin Wish wish) {
    wish.requireSense(filter.isGiven());
    List<LetterId> ids = wish.ids.stream().map(LetterId::parse).distinct().toList();
    String bootstrapServers = kafka.bootstrapServers();
    if (!wish.yes) {
      return drive(plan(bootstrapServers, ids, filter, wish), wish, null);
    }
    // First, so that what another one is driving again right now is seen as done.
    try (Redrive redrive = Redrive.begin(bootstrapServers, Clock.systemUTC())) {
      return drive(plan(bootstrapServers, ids, filter, wish), wish, redrive);
    }
  }

  private RedrivePlan plan(String bootstrapServers, List<LetterId> ids, Filter filter, Wish wish) {
    try (DeadLetters letters = DeadLetters.at(bootstrapServers)) {
      if (!wish.all) {
        return RedrivePlan.of(ids.stream().map(letters::get).toList(), wish.again);
      }
      DeadLetters.Found found = letters.find(filter.filter());
      found.unreadable().forEach(err()::println);
      return RedrivePlan.of(found.letters(), wish.again);
    }
  }

  private int drive(RedrivePlan plan, Wish wish, @Nullable Redrive redrive) {
    plan.refused().forEach(sentence -> err().println("left out, " + sentence));
    if (!wish.all && !plan.refused().isEmpty()) {
      err().println("Nothing was driven again.");
      return Launcher.MISUSED;
    }
    for (StoredLetter letter : plan.letters()) {
      out().println(LetterText.row(letter));
    }
    if (redrive == null || wish.by == null || wish.why == null) {
      out()
          .println(
              "Dry run: nothing was written. Would be driven again: "
                  + plan.letters().size()
                  + ". To do it: --yes --by NAME --why TEXT");
      return 0;
    }
    int done = redrive.run(plan.letters(), wish.by, wish.why);
    out()
        .println(
            "Driven again: "
                + done
                + ". Whether they were processed now: paidonce deadletters list, and paidonce verify");
    return 0;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
