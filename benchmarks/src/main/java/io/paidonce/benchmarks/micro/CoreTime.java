package io.paidonce.benchmarks.micro;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Calls, and the time that a core spent on them: on a machine with other work, the time on the
 * clock would mostly measure that.
 */
@AuxCounters(AuxCounters.Type.EVENTS)
@State(Scope.Thread)
public class CoreTime {

  static final String CALLS = "calls";
  static final String NANOS = "nanos";

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  public long calls;
  public long nanos;
  private long began;

  /** Begins anew with each iteration. */
  @Setup(Level.Iteration)
  public void begin() {
    calls = 0;
    nanos = 0;
    began = THREADS.getCurrentThreadCpuTime();
  }

  /** Looks once, at the end. */
  @TearDown(Level.Iteration)
  public void end() {
    nanos = THREADS.getCurrentThreadCpuTime() - began;
  }
}
