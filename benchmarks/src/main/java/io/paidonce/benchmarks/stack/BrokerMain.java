package io.paidonce.benchmarks.stack;

import io.paidonce.benchmarks.process.ParentPipe;
import io.paidonce.localstack.LocalKafka;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The broker's process. The one of {@code local-stack} that can be killed has a small heap and the
 * quick compiler only: good for tests, not for measuring.
 */
public final class BrokerMain {

  private BrokerMain() {}

  /** Takes the data directory. */
  public static void main(String[] args) throws IOException {
    ParentPipe parent = ParentPipe.open();
    try (LocalKafka kafka = LocalKafka.startInProcess(Path.of(args[0]))) {
      parent.say(kafka.bootstrapServers());
      parent.awaitEnd();
    }
  }
}
