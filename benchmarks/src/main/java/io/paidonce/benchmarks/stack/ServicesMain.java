package io.paidonce.benchmarks.stack;

import io.paidonce.benchmarks.load.Merchant;
import io.paidonce.benchmarks.process.ParentPipe;
import io.paidonce.gateway.Endpoint;
import io.paidonce.gateway.Gateway;
import io.paidonce.gateway.GatewayConfig;
import io.paidonce.gateway.GatewayMain;
import io.paidonce.projector.Projector;
import io.paidonce.projector.ProjectorConfig;
import io.paidonce.projector.ProjectorMain;
import io.paidonce.streams.DedupStreams;
import io.paidonce.streams.DedupStreamsConfig;
import io.paidonce.streams.DedupStreamsMain;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The services' process: gateway, streams and projector with their defaults. One JVM for the three,
 * since on two cores three would mostly compile the same code three times.
 */
public final class ServicesMain {

  private static final Logger LOG = LoggerFactory.getLogger(ServicesMain.class);
  private static final String HOST = "127.0.0.1";
  private static final long READY_WITHIN_NANOS = 60_000_000_000L;

  private ServicesMain() {}

  /** Takes Kafka's address, streams' state directory, PostgreSQL's URL and the keys' seed. */
  public static void main(String[] args) throws IOException {
    String kafka = args[0];
    ParentPipe parent = ParentPipe.open();
    try (Projector projector = ProjectorMain.start(projector(kafka, args[2], 1));
        DedupStreams streams = DedupStreamsMain.start(streams(kafka, args[1], 1));
        Gateway gateway = GatewayMain.start(gateway(kafka, Long.parseLong(args[3])))) {
      long deadline = System.nanoTime() + READY_WITHIN_NANOS;
      while (!(gateway.isReady() && streams.isReady())) {
        if (System.nanoTime() - deadline > 0) {
          throw new IllegalStateException("gateway and streams were not ready within 60 s");
        }
        LockSupport.parkNanos(20_000_000);
      }
      // A run that waits for a service that is gone would only end by its time limits.
      CompletionStage<Void> unused =
          streams
              .failure()
              .applyToEither(projector.failure(), failure -> failure)
              .thenAccept(ServicesMain::end);
      parent.say(Integer.toString(gateway.callbackPort()));
      Sampling.obey(parent);
    }
  }

  private static void end(Throwable failure) {
    LOG.error("a service failed", failure);
    Runtime.getRuntime().halt(1);
  }

  /** The role {@code gateway} with its defaults and one account. */
  static GatewayConfig gateway(String kafka, long seed) {
    return GatewayConfig.of(kafka)
        .withReplicationFactor(1)
        .withEndpoints(new Endpoint(HOST, 0), new Endpoint(HOST, 0))
        .withAccounts(List.of(new Merchant(seed).config()));
  }

  /** The role {@code streams} with its defaults, as far as one machine allows. */
  public static DedupStreamsConfig streams(String kafka, String stateDirectory, int threads) {
    // One broker: nothing can be replicated, and there is no other instance to stand by.
    return new DedupStreamsConfig(kafka, null, stateDirectory, threads, 1, 0, null, null, null, 0);
  }

  /** The role {@code projector} with its defaults, as far as one machine allows. */
  public static ProjectorConfig projector(String kafka, String jdbcUrl, int writers) {
    ProjectorConfig.Endpoint anyPort = new ProjectorConfig.Endpoint(HOST, 0);
    return ProjectorConfig.of(
        kafka, null, null, jdbcUrl, null, null, anyPort, anyPort, null, 1, null, writers, null,
        null, null);
  }
}
