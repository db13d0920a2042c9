package io.paidonce.benchmarks.stack;

import io.paidonce.benchmarks.process.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the services' Java code spends its time: by the method that runs, and by each of ours that
 * runs or waits for what it called.
 */
public final class HotMethods {

  private static final int SHOWN = 25;
  private static final String OURS = "io.paidonce.";

  private final Map<String, Integer> byMethod = new HashMap<>();
  private final Map<String, Integer> byOurs = new HashMap<>();
  private final Map<String, Integer> byThread = new HashMap<>();
  private int samples;

  private HotMethods() {}

  /** Begins to sample. */
  public static void start(ChildJvm services) {
    services.ask(Sampling.START);
  }

  /** Stops, and leaves the recording in a file that JDK Mission Control reads. */
  public static List<String> stop(ChildJvm services, Path recording) throws IOException {
    services.ask(Sampling.STOP + recording.toAbsolutePath());
    HotMethods hot = new HotMethods();
    try (RecordingFile events = new RecordingFile(recording)) {
      while (events.hasMoreEvents()) {
        hot.add(events.readEvent());
      }
    }
    return hot.lines();
  }

  private void add(RecordedEvent event) {
    if (!event.getEventType().getName().equals("jdk.ExecutionSample")
        || event.getStackTrace() == null) {
      return;
    }
    List<RecordedFrame> frames = event.getStackTrace().getFrames();
    samples++;
    byMethod.merge(name(frames.get(0)), 1, Integer::sum);
    String thread = event.getThread("sampledThread").getJavaName();
    byThread.merge(thread == null ? "of the JVM" : withoutNumbers(thread), 1, Integer::sum);
    Set<String> ours = new HashSet<>();
    for (RecordedFrame frame : frames) {
      if (isOurs(frame) && ours.add(name(frame))) {
        byOurs.merge(name(frame), 1, Integer::sum);
      }
    }
  }

  // What the JVM makes for a lambda expression only calls its body.
  private static boolean isOurs(RecordedFrame frame) {
    return name(frame).startsWith(OURS) && !name(frame).contains("$$Lambda");
  }

  // Threads of one kind differ by a number, or by a UUID in the middle of the name.
  private static String withoutNumbers(String thread) {
    return thread.replaceAll("-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[-#]\\d+", "");
  }

  private static String name(RecordedFrame frame) {
    return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(samples + " samples of the services' Java code");
    list(lines, "by thread", byThread);
    list(lines, "by method", byMethod);
    list(lines, "of ours, with all that it called", byOurs);
    return lines;
  }

  private void list(List<String> lines, String title, Map<String, Integer> counts) {
    lines.add("");
    lines.add(title);
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
        .limit(SHOWN)
        .forEach(
            entry ->
                lines.add(
                    String.format(
                        Locale.ROOT,
                        "  %3d %%  %s",
                        Math.round(100.0 * entry.getValue() / samples),
                        entry.getKey())));
  }
}
