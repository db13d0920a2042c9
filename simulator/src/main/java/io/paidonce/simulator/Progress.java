package io.paidonce.simulator;

/**
 * How far a simulation is.
 *
 * @param outstanding steps and retries not yet done
 */
public record Progress(SimulationResult soFar, long outstanding) {

  /** Is told now and then, and once at the end, by a thread of the simulation's own. */
  @FunctionalInterface
  public interface Listener {
    void progress(Progress progress);
  }
}
