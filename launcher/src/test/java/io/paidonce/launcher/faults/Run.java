package io.paidonce.launcher.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.paidonce.verifier.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** One scenario at one point; what came of it goes to {@code target/faults/runs.jsonl}. */
final class Run {

  private static final Path RESULTS = TargetDirectory.of("runs.jsonl");

  private final String scenario;
  private final Point point;
  private final Random random;
  private final Instant at = Instant.now();
  private final long began = System.nanoTime();
  private Duration delay = Duration.ZERO;
  private long healingAt;
  private long recoveryMs;

  private Run(String scenario, Point point) {
    this.scenario = scenario;
    this.point = point;
    this.random = point.random(scenario);
  }

  static Run of(String scenario, Point point) {
    return new Run(scenario, point);
  }

  Random random() {
    return random;
  }

  /** When after the start of the load the fault strikes. */
  Duration delay(int fromMs, int toMs) {
    delay = Point.between(random, fromMs, toMs);
    return delay;
  }

  /** The fault has struck and its repair begins. */
  void healing() {
    healingAt = System.nanoTime();
  }

  /** What was struck works again. */
  void healed() {
    recoveryMs = Duration.ofNanos(System.nanoTime() - healingAt).toMillis();
  }

  void passed(JournalTail seen, Report report, String record) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("scenario", scenario);
    line.put("point", point.number());
    line.put("seed", point.seed());
    line.put("at", at.toString());
    line.put("struck_after_ms", delay.toMillis());
    line.put("recovery_ms", recoveryMs);
    line.put("ack_gap_ms", seen.longestGap().toMillis());
    line.put("acknowledged", seen.ok());
    line.put("unavailable", seen.unavailable());
    line.put("unanswered", seen.unanswered());
    line.put("took_ms", Duration.ofNanos(System.nanoTime() - began).toMillis());
    line.put("record", record);
    line.put("holds", report.holds());
    try {
      String json = new JsonMapper().writeValueAsString(line) + "\n";
      Files.writeString(RESULTS, json, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      System.out.print(json);
      System.out.println(report.toJson());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
