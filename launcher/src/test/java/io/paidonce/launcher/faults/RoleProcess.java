package io.paidonce.launcher.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.launcher.Launcher;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One instance of a role, as {@code ./paidonce ROLE --config FILE} runs it. */
final class RoleProcess {

  private static final Duration READY_WITHIN = Duration.ofSeconds(60);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

  private final String name;
  private final ChildJvm jvm;
  private final int port;
  private final int managementPort;

  RoleProcess(String name, Role role, Path directory, Path config, int port, int managementPort) {
    this.name = name;
    this.jvm =
        new ChildJvm(
            directory,
            name,
            role.heap(),
            Launcher.class.getName(),
            List.of(role.command(), "--config", config.toString()));
    this.port = port;
    this.managementPort = managementPort;
  }

  /** Where a gateway receives callbacks. */
  URI callbacks() {
    return URI.create("http://127.0.0.1:" + port);
  }

  ProcessLog log() {
    return jvm.log();
  }

  /** Starts it, with these classes instead of the ones of the same name. */
  RoleProcess start(Path... classesInFront) {
    assertThat(isAlive()).as(name + " runs already").isFalse();
    jvm.start(List.of(classesInFront));
    return this;
  }

  /** Returns how long it took from now, in milliseconds. */
  long awaitReady() {
    long began = System.nanoTime();
    Await.until(
        name + " is ready",
        READY_WITHIN,
        () -> {
          assertThat(jvm.isAlive()).as(name + " runs; see " + jvm.log().file()).isTrue();
          return get("/health/ready").filter(answer -> answer.statusCode() == 200).isPresent();
        });
    return Duration.ofNanos(System.nanoTime() - began).toMillis();
  }

  boolean isAlive() {
    return jvm.isAlive();
  }

  /** kill -9, seen in the exit code. */
  void kill() {
    assertThat(jvm.kill()).as("exit code of " + name).isEqualTo(ChildJvm.KILLED);
  }

  /** SIGTERM, and its end: it was told, and came to the end of its closing. */
  void terminate() {
    assertThat(jvm.terminate()).as("exit code of " + name).isEqualTo(ChildJvm.TERMINATED);
  }

  void freeze() {
    jvm.freeze();
  }

  void thaw() {
    jvm.thaw();
  }

  /** Whatever state it is in, frozen included. */
  void end() {
    if (jvm.isAlive()) {
      jvm.kill();
    }
  }

  /** All of them as they are scraped; empty while it does not answer. */
  String metrics() {
    return get("/metrics").map(HttpResponse::body).orElse("");
  }

  /** The sum over all labels; 0 where there is no such metric. */
  double metric(String metric) {
    return metrics()
        .lines()
        .filter(line -> line.startsWith(metric + " ") || line.startsWith(metric + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private Optional<HttpResponse<String>> get(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path))
            .timeout(Duration.ofSeconds(1))
            .build();
    try {
      return Optional.of(HTTP.send(request, HttpResponse.BodyHandlers.ofString()));
    } catch (IOException notThere) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
