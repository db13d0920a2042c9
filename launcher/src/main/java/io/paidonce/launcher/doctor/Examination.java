package io.paidonce.launcher.doctor;

import io.paidonce.launcher.doctor.Finding.Grade;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks at several things at once, each for a bounded time: one that hangs or breaks is a finding
 * and keeps none of the others from being looked at.
 */
public final class Examination {

  private final Map<String, Callable<List<Finding>>> looks = new LinkedHashMap<>();
  private final Duration atMost;

  /**
   * @param atMost for each
   */
  public Examination(Duration atMost) {
    this.atMost = atMost;
  }

  /** Adds something to be looked at. */
  public Examination look(String about, Callable<List<Finding>> look) {
    looks.put(about, look);
    return this;
  }

  /** Everything found, in the order in which it was added. */
  public List<Finding> findings() throws InterruptedException {
    ExecutorService threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "paidonce-doctor");
              thread.setDaemon(true);
              return thread;
            });
    try {
      Map<String, Future<List<Finding>>> running = new LinkedHashMap<>();
      looks.forEach((about, look) -> running.put(about, threads.submit(look)));
      long deadline = System.nanoTime() + atMost.toNanos();
      List<Finding> findings = new ArrayList<>();
      for (Map.Entry<String, Future<List<Finding>>> each : running.entrySet()) {
        findings.addAll(found(each.getKey(), each.getValue(), deadline));
      }
      return findings;
    } finally {
      threads.shutdownNow();
    }
  }

  private List<Finding> found(String about, Future<List<Finding>> look, long deadline)
      throws InterruptedException {
    try {
      return look.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return List.of(
          Finding.mend(
              about, "no end after " + atMost.toSeconds() + " s: what it asks does not answer"));
    } catch (ExecutionException e) {
      // The message of a stranger's exception may quote what was asked, passwords included.
      String why =
          e.getCause() instanceof IllegalStateException ours
              ? String.valueOf(ours.getMessage())
              : "it could not be looked at: " + e.getCause();
      return List.of(Finding.mend(about, why));
    }
  }

  /**
   * 0 where all is well, 1 where something is to be looked at, 2 where something must be mended.
   */
  public static int exitCode(List<Finding> findings) {
    return findings.stream().map(Finding::grade).mapToInt(Grade::ordinal).max().orElse(0);
  }
}
