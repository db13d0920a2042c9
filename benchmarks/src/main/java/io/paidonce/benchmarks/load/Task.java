package io.paidonce.benchmarks.load;

/**
 * What the generator is told to do, one a line.
 *
 * @param kind what to do
 * @param phase of which phase
 * @param count SIGN: how many callbacks; CLOSED, CONSTANT: how many connections
 * @param seconds SIGN, CLOSED, CONSTANT: how long the phase is; AWAIT: how long to wait at most
 * @param repeatedPerMille CLOSED, CONSTANT: which share of the requests repeats one
 * @param rate CONSTANT: requests a second
 */
public record Task(Kind kind, Phase phase, int count, int seconds, int repeatedPerMille, int rate) {

  /** What can be asked for. */
  public enum Kind {
    /** Sign callbacks; answered by the milliseconds it took. */
    SIGN,
    /** Send on all connections as fast as they are answered; answered by a LoadResult. */
    CLOSED,
    /** Send at a constant rate; answered by a LoadResult. */
    CONSTANT,
    /** Wait until all that is acknowledged is paid; answered by a PaidResult. */
    AWAIT
  }

  public static Task sign(Phase phase, int count, int seconds) {
    return new Task(Kind.SIGN, phase, count, seconds, 0, 0);
  }

  public static Task closed(Phase phase, int connections, int seconds, int repeatedPerMille) {
    return new Task(Kind.CLOSED, phase, connections, seconds, repeatedPerMille, 0);
  }

  public static Task constant(
      Phase phase, int connections, int seconds, int repeatedPerMille, int rate) {
    return new Task(Kind.CONSTANT, phase, connections, seconds, repeatedPerMille, rate);
  }

  public static Task await(Phase phase, int seconds) {
    return new Task(Kind.AWAIT, phase, 0, seconds, 0, 0);
  }
}
