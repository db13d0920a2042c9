package io.paidonce.benchmarks.stack;

import io.paidonce.benchmarks.process.ParentPipe;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import jdk.jfr.Recording;

/** Lets the parent switch the JVM's own sampling profiler on and off. */
final class Sampling {

  static final String START = "sample";
  static final String STOP = "write ";
  private static final Duration EVERY = Duration.ofMillis(10);

  private Sampling() {}

  /** Does as it is told until the parent is done or gone. */
  static void obey(ParentPipe parent) throws IOException {
    try (Recording recording = new Recording()) {
      recording.enable("jdk.ExecutionSample").withPeriod(EVERY);
      for (String line = parent.next(); line != null; line = parent.next()) {
        if (line.equals(START)) {
          recording.start();
        } else {
          recording.stop();
          recording.dump(Path.of(line.substring(STOP.length())));
        }
        parent.say("done");
      }
    }
  }
}
