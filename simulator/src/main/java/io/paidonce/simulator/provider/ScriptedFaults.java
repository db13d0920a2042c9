package io.paidonce.simulator.provider;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** Faults by name: the next requests of one kind about one order get these, one after the other. */
public final class ScriptedFaults implements Faults {

  private record Target(Asked.Kind kind, String order) {}

  private final Map<Target, Queue<Fault>> scripts = new HashMap<>();

  /** Adds to what is already scripted for the same. */
  public synchronized ScriptedFaults on(Asked.Kind kind, String order, Fault... faults) {
    scripts
        .computeIfAbsent(new Target(kind, order), target -> new ArrayDeque<>())
        .addAll(List.of(faults));
    return this;
  }

  @Override
  public synchronized Fault next(Asked asked) {
    Queue<Fault> script = scripts.get(new Target(asked.kind(), asked.order()));
    Fault fault = script == null ? null : script.poll();
    return fault == null ? Fault.NONE : fault;
  }
}
