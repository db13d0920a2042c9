package io.paidonce.gateway;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which configuration is served: when it was taken, and what kept a newer one from being taken. Its
 * sentences are those a start would be refused with: they name places, never secrets.
 */
final class ConfigurationState {

  /**
   * One moment of it.
   *
   * @param loadedAt when what is served was taken
   * @param refusedAt when a newer one was refused; absent while the newest is served
   * @param problems why it was refused
   * @param waitingForRestart settings that differ from what runs, and that only a start takes
   */
  record Moment(
      Instant loadedAt,
      @Nullable Instant refusedAt,
      List<String> problems,
      List<String> waitingForRestart) {
    Moment {
      problems = List.copyOf(problems);
      waitingForRestart = List.copyOf(waitingForRestart);
    }
  }

  private final Clock clock;
  private volatile Moment now;

  ConfigurationState(Clock clock) {
    this.clock = clock;
    this.now = new Moment(clock.instant(), null, List.of(), List.of());
  }

  Moment now() {
    return now;
  }

  void taken(List<String> waitingForRestart) {
    now = new Moment(clock.instant(), null, List.of(), waitingForRestart);
  }

  void refused(List<String> problems) {
    now = new Moment(now.loadedAt(), clock.instant(), problems, now.waitingForRestart());
  }

  boolean isStale() {
    return now.refusedAt() != null;
  }
}
