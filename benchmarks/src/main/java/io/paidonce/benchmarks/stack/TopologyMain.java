package io.paidonce.benchmarks.stack;

import io.paidonce.benchmarks.process.ParentPipe;
import io.paidonce.streams.DedupStreams;
import io.paidonce.streams.DedupStreamsMain;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topology's process: the role {@code streams} with its defaults, and nothing else. */
public final class TopologyMain {

  private static final Logger LOG = LoggerFactory.getLogger(TopologyMain.class);

  private TopologyMain() {}

  /** Takes Kafka's address, the state directory and the number of threads. */
  public static void main(String[] args) throws IOException {
    ParentPipe parent = ParentPipe.open();
    try (DedupStreams streams =
        DedupStreamsMain.start(ServicesMain.streams(args[0], args[1], Integer.parseInt(args[2])))) {
      // A run that waits for a topology that is gone would only end by its time limits.
      CompletionStage<Void> unused = streams.failure().thenAccept(TopologyMain::end);
      parent.say("started");
      Sampling.obey(parent);
    }
  }

  private static void end(Throwable failure) {
    LOG.error("the topology failed", failure);
    Runtime.getRuntime().halt(1);
  }
}
