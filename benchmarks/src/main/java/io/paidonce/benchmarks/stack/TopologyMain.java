package io.paidonce.benchmarks.stack;

import io.paidonce.benchmarks.process.ParentPipe;
import io.paidonce.streams.DedupStreams;
import io.paidonce.streams.DedupStreamsMain;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topology's process: the role {@code streams} with its defaults, and nothing else. */
public final class TopologyMain {

  private static final Logger LOG = LoggerFactory.getLogger(TopologyMain.class);

  private static final long LOOK_EVERY_NANOS = 20_000_000;

  private TopologyMain() {}

  /**
   * Takes Kafka's address, the state directory and the number of threads. Says how many records it
   * restored, once it runs.
   */
  public static void main(String[] args) throws IOException {
    ParentPipe parent = ParentPipe.open();
    try (DedupStreams streams =
        DedupStreamsMain.start(ServicesMain.streams(args[0], args[1], Integer.parseInt(args[2])))) {
      // A run that waits for a topology that is gone would only end by its time limits.
      CompletionStage<Void> unused = streams.failure().thenAccept(TopologyMain::end);
      while (!streams.isReady()) {
        // No limit: a store of many millions is restored for as long as it takes.
        LockSupport.parkNanos(LOOK_EVERY_NANOS);
      }
      parent.say(Long.toString(streams.restoredRecords()));
      Sampling.obey(parent);
    }
  }

  private static void end(Throwable failure) {
    LOG.error("the topology failed", failure);
    Runtime.getRuntime().halt(1);
  }
}
