package io.paidonce.localstack;

import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The broker as threads of this JVM: quickest to start, and nothing is left behind. */
final class InProcessBroker implements Broker {
  private final Properties settings;
  private @Nullable CombinedNode node;

  InProcessBroker(Properties settings) {
    this.settings = settings;
  }

  @Override
  public void start() {
    CombinedNode starting = null;
    try {
      starting = new CombinedNode(settings);
      starting.start();
    } catch (RuntimeException e) {
      if (starting != null) {
        starting.shutdown();
      }
      throw new LocalStackException("Kafka did not start in this JVM: " + e.getMessage(), e);
    }
    node = starting;
  }

  @Override
  public void stop() {
    CombinedNode running = node;
    node = null;
    if (running != null) {
      running.shutdown();
      running.awaitShutdown();
    }
  }

  @Override
  public void kill() {
    throw inThisJvm("killed");
  }

  @Override
  public void pause() {
    throw inThisJvm("paused");
  }

  @Override
  public void resume() {
    throw inThisJvm("resumed");
  }

  @Override
  public long pid() {
    throw inThisJvm("addressed by a process id of its own");
  }

  private static UnsupportedOperationException inThisJvm(String verb) {
    return new UnsupportedOperationException(
        "A broker inside this JVM can't be " + verb + "; start it with LocalKafka.startProcess");
  }
}
