package io.paidonce.projector.deadletters;

import io.paidonce.contract.DeadLetter;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which dead letters are driven again and which are not.
 *
 * @param letters in the order of their ids, so that those of one order keep theirs
 * @param refused a sentence for each of the others
 */
public record RedrivePlan(List<StoredLetter> letters, List<String> refused) {

  /** What the topology reads; nothing else would process a record again. */
  private static final Set<String> READ_AGAIN =
      Stream.of(Topics.PAYMENT_NOTIFICATIONS, Topics.ORDER_COMMANDS, Topics.ORDER_INPUTS)
          .map(Topic::name)
          .collect(Collectors.toUnmodifiableSet());

  public RedrivePlan {
    letters = List.copyOf(letters);
    refused = List.copyOf(refused);
  }

  /**
   * The plan for some dead letters.
   *
   * @param again whether those are driven again too that were before
   */
  public static RedrivePlan of(List<StoredLetter> wanted, boolean again) {
    List<StoredLetter> letters = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    wanted.stream()
        .sorted((a, b) -> a.id().compareTo(b.id()))
        .forEach(
            letter ->
                obstacle(letter, again)
                    .ifPresentOrElse(
                        why -> refused.add(letter.id() + ": " + why), () -> letters.add(letter)));
    return new RedrivePlan(letters, refused);
  }

  private static Optional<String> obstacle(StoredLetter stored, boolean again) {
    DeadLetter letter = stored.letter();
    if (!letter.reason().isMendable()) {
      return Optional.of(letter.reason() + ". " + letter.reason().suggestedAction());
    }
    if (letter.source() == null) {
      return Optional.of("never was a record: it came by HTTP to " + letter.origin());
    }
    if (!READ_AGAIN.contains(letter.source().topic())) {
      return Optional.of("streams does not read " + letter.source().topic());
    }
    if (letter.original() == null) {
      return Optional.of("has no value: there is nothing to process");
    }
    if (stored.isRedriven() && !again) {
      return Optional.of(
          "was driven again at "
              + stored.redrives().get(stored.redrives().size() - 1).at()
              + "; --again does it once more");
    }
    return Optional.empty();
  }
}
