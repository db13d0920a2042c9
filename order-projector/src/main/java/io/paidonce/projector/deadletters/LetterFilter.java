package io.paidonce.projector.deadletters;

import io.paidonce.contract.DeadLetter;
import io.paidonce.contract.DeadLetterReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters; what is absent lets everything pass.
 *
 * @param origin the topic they came from, or the callback's path
 * @param since not before this
 */
public record LetterFilter(
    @Nullable String origin, @Nullable DeadLetterReason reason, @Nullable Instant since) {

  boolean lets(DeadLetter letter) {
    return (origin == null || origin.equals(letter.origin()))
        && (reason == null || reason == letter.reason())
        && (since == null || !letter.at().isBefore(since));
  }
}
