package io.paidonce.projector;

import io.paidonce.projector.deadletters.DeadLetters;
import io.paidonce.projector.deadletters.LetterId;
import io.paidonce.projector.deadletters.Redrive;
import io.paidonce.projector.deadletters.RedrivePlan;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * As {@code ./paidonce deadletters redrive} does, one at a time: whoever begins ends the
 * transaction of another, here and at every other instance, and then reads what that one did.
 */
final class KafkaRedriver implements Redriver {

  private static final Logger log = LoggerFactory.getLogger(KafkaRedriver.class);
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final String bootstrapServers;
  private final Clock clock;

  KafkaRedriver(String bootstrapServers, Clock clock) {
    this.bootstrapServers = bootstrapServers;
    this.clock = clock;
  }

  @Override
  public synchronized void redrive(LetterId letter, String actor, String why) {
    try (Redrive redrive = Redrive.begin(bootstrapServers, clock, PATIENCE)) {
      RedrivePlan plan = plan(letter);
      if (!plan.refused().isEmpty()) {
        throw refused(plan.refused().get(0));
      }
      redrive.run(plan.letters(), actor, why);
    } catch (IllegalStateException e) {
      log.warn("dead letter {} was not driven again, as far as is known", letter, e);
      throw new BadQuestionException(Problem.notStored());
    }
  }

  private RedrivePlan plan(LetterId letter) {
    try (DeadLetters letters = DeadLetters.at(bootstrapServers, PATIENCE)) {
      return RedrivePlan.of(List.of(letters.get(letter)), false);
    } catch (IllegalArgumentException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  private static BadQuestionException refused(String why) {
    return new BadQuestionException(
        Problem.conflict(
            why,
            "Look at GET /v1/deadletters/{letter}; a second time needs the command line, which asks"
                + " twice."));
  }
}
