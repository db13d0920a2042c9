package io.paidonce.launcher.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** One instance of the sample service. */
final class Shipping {

  private static final Duration WORKS_WITHIN = Duration.ofSeconds(60);

  private final String name;
  private final Path gate;
  private final ChildJvm jvm;

  Shipping(Path directory, String name, String bootstrapServers, List<String> database) {
    this.name = name;
    this.gate = directory.resolve(name + ".gate");
    Path kafka = directory.resolve(name + ".properties");
    try {
      Files.writeString(
          kafka,
          String.join(
              "\n",
              "bootstrap.servers=" + bootstrapServers,
              // Started again after a kill, it is the same member and goes on at once.
              "group.instance.id=" + name,
              // The shortest that a broker allows.
              "session.timeout.ms=6000",
              "heartbeat.interval.ms=2000"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.jvm =
        new ChildJvm(
            directory,
            name,
            "128m",
            ShippingMain.class.getName(),
            List.of(
                kafka.toString(),
                database.get(0),
                database.get(1),
                database.get(2),
                gate.toString()));
  }

  ProcessLog log() {
    return jvm.log();
  }

  boolean isAlive() {
    return jvm.isAlive();
  }

  void start() {
    jvm.start(List.of());
  }

  /** Returns once it has applied something since. */
  void awaitWork(long mark) {
    Await.until(
        name + " applies orders; see " + log().file(),
        WORKS_WITHIN,
        () -> {
          assertThat(isAlive()).as(name + " runs; see " + log().file()).isTrue();
          return log().says(mark, "Polled[applied=");
        });
  }

  /** kill -9, seen in the exit code. */
  void kill() {
    assertThat(jvm.kill()).as("exit code of " + name).isEqualTo(ChildJvm.KILLED);
  }

  void freeze() {
    jvm.freeze();
  }

  void thaw() {
    jvm.thaw();
  }

  void closeGate() {
    try {
      Files.writeString(gate, "closed");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void openGate() {
    try {
      Files.deleteIfExists(gate);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void end() {
    if (jvm.isAlive()) {
      jvm.kill();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
