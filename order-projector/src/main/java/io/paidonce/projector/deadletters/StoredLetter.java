package io.paidonce.projector.deadletters;

import io.paidonce.contract.DeadLetter;
import io.paidonce.contract.DeadLetterRedrive;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter with its story.
 *
 * @param redrives of it, in the order they were done; empty where nobody drove it again
 */
public record StoredLetter(LetterId id, DeadLetter letter, List<DeadLetterRedrive> redrives) {

  public StoredLetter {
    redrives = List.copyOf(redrives);
  }

  /** The dead letter whose redrive failed and became this one; absent for a first failure. */
  public @Nullable LetterId predecessor() {
    return LetterId.parseIfPresent(letter.headers().get(DeadLetterRedrive.HEADER_OF));
  }

  public boolean isRedriven() {
    return !redrives.isEmpty();
  }

  /** How often its original was driven again, those times included that made this one. */
  public int times() {
    String before = letter.headers().get(DeadLetterRedrive.HEADER_TIMES);
    return redrives.size()
        + (before == null || !before.matches("\\d{1,6}") ? 0 : Integer.parseInt(before));
  }
}
