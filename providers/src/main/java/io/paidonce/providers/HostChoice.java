package io.paidonce.providers;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * Which of a provider's hosts to ask. A host that is not reached hands over to the next; after a
 * while the preferred one is tried again. A value: each change is a new one.
 *
 * @param hosts how many there are
 * @param host the one to ask, from 0
 * @param since when it was chosen
 * @param stay how long another host than the preferred one is kept
 */
public record HostChoice(int hosts, int host, Instant since, Duration stay) {

  /** Long enough not to try a dead host with each question. */
  public static final Duration STAY = Duration.ofMinutes(1);

  public HostChoice {
    requireNonNull(since, "since");
    requireNonNull(stay, "stay");
    if (host < 0 || host >= hosts) {
      throw new IllegalArgumentException("host must be from 0 to " + (hosts - 1) + ": " + host);
    }
  }

  /** The preferred host. */
  public static HostChoice of(int hosts, Instant now) {
    return new HostChoice(hosts, 0, now, STAY);
  }

  /** The choice at a time: the preferred host again once the other was kept long enough. */
  public HostChoice at(Instant now) {
    return host != 0 && !now.isBefore(since.plus(stay))
        ? new HostChoice(hosts, 0, now, stay)
        : this;
  }

  /**
   * The choice after an answer, or after none.
   *
   * @param asked the host that was asked. Of many questions under way that fail together only the
   *     first moves on
   */
  public HostChoice after(Outcome outcome, int asked, Instant now) {
    boolean failed = outcome instanceof Outcome.Unknown unknown && unknown.why().blamesHost();
    return failed && asked == host ? new HostChoice(hosts, (host + 1) % hosts, now, stay) : this;
  }
}
