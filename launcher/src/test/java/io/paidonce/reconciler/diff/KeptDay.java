package io.paidonce.reconciler.diff;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.reconciler.replay.MemoryLog;
import io.paidonce.reconciler.replay.ReplayRange;
import io.paidonce.reconciler.replay.SeededTraffic;
import java.nio.file.Path;

/** Kept traffic with every kind of exception, and what builds have made of it until now. */
public final class KeptDay {

  private static final Path FOLDER = Path.of("src", "test", "resources", "traffic");
  private static final byte[] KEY = "kept for the test".getBytes(UTF_8);
  private static final long SEED = 20260131;
  private static final int ORDERS = 160;

  private KeptDay() {}

  public static Path traffic() {
    return FOLDER.resolve("day.jsonl.gz");
  }

  static Path histories() {
    return FOLDER.resolve("day-histories.jsonl.gz");
  }

  /** The day before anything is renamed. */
  static Traffic played(Path stateDir) {
    MemoryLog log = SeededTraffic.of(SEED, ORDERS, stateDir);
    return new TopicTraffic(log, ReplayRange.ALL);
  }

  static Traffic kept(Traffic played) {
    return new KeptTraffic(played, ORDERS, KEY);
  }
}
