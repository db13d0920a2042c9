package io.paidonce.simulator.provider;

/** Decides what goes wrong with which request. Is asked once for each, by any thread. */
@FunctionalInterface
public interface Faults {

  Fault next(Asked asked);

  static Faults none() {
    return asked -> Fault.NONE;
  }
}
