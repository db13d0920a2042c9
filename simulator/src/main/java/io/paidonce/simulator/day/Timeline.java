package io.paidonce.simulator.day;

import io.paidonce.simulator.provider.VirtualTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** What is due when; of what is due at once, what was entered first comes first. */
final class Timeline {

  private record Due(Instant at, long sequence, Runnable event) {}

  private final VirtualTime time;
  private final PriorityQueue<Due> dues =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::sequence));
  private long entered;

  Timeline(VirtualTime time) {
    this.time = time;
  }

  synchronized void at(Instant at, Runnable event) {
    dues.add(new Due(at, entered++, event));
  }

  synchronized Optional<Instant> next() {
    return Optional.ofNullable(dues.peek()).map(Due::at);
  }

  /** Moves the clock to the next event and lets it happen; false where there is none. */
  boolean step() {
    Due due = poll();
    if (due == null) {
      return false;
    }
    // Entered late by somebody whose clock is ours: it happens now.
    if (due.at().isAfter(time.instant())) {
      time.moveTo(due.at());
    }
    due.event().run();
    return true;
  }

  private synchronized @Nullable Due poll() {
    return dues.poll();
  }
}
