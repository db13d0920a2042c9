package io.paidonce.localstack;

import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.image.MetadataDelta;
import org.apache.kafka.image.MetadataImage;
import org.apache.kafka.image.loader.LoaderManifest;
import org.apache.kafka.image.publisher.MetadataPublisher;
import org.apache.kafka.metadata.BrokerRegistration;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;
import org.slf4j.LoggerFactory;

/**
 * Controller and broker of one node, as {@link KafkaRaftServer} wires them, except that the broker
 * waits until the session of its former self, if that was killed, has ended.
 *
 * <p>KafkaRaftServer starts the broker at once. It then takes itself for the leader that its former
 * self was, and finds committed transactions whose markers it still owes. Nothing listens yet, so
 * it tries again and again. When the session ends, no partition has a leader for a moment, which
 * Kafka 4.3.1 and 4.4.0 take for a deleted topic (KAFKA-20734): the transaction counts as complete,
 * its marker is never written, and readers of committed records stand still for good. A broker that
 * is fenced before it starts leads nothing until it is let in, and then does listen.
 */
final class CombinedNode {
  private static final Duration FENCED_LIMIT = Duration.ofSeconds(30);

  private final SharedServer shared;
  private final ControllerServer controller;
  private final BrokerServer broker;

  CombinedNode(Properties settings) {
    KafkaConfig config = KafkaConfig.fromProps(settings, false);
    var storage =
        KafkaRaftServer.initializeLogDirs(
            config, LoggerFactory.getLogger(KafkaRaftServer.class), "");
    shared =
        new SharedServer(
            config,
            storage._1(),
            Time.SYSTEM,
            Server.initializeMetrics(config, Time.SYSTEM, storage._1().clusterId().orElseThrow()),
            CompletableFuture.completedFuture(
                QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
            QuorumConfig.parseBootstrapServers(config.quorumConfig().bootstrapServers()),
            new StandardFaultHandlerFactory(),
            ServerSocketFactory.INSTANCE);
    broker = new BrokerServer(shared);
    controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), storage._2());
  }

  /** Returns once the broker accepts requests. */
  void start() {
    controller.startup();
    awaitEndOfFormerSession();
    broker.startup();
  }

  void shutdown() {
    broker.shutdown(); // hands its partitions over to the controller, so that one goes last
    controller.shutdown();
  }

  void awaitShutdown() {
    broker.awaitShutdown();
    controller.awaitShutdown();
  }

  private void awaitEndOfFormerSession() {
    FormerSession session = new FormerSession();
    try {
      long limit = FENCED_LIMIT.toMillis();
      shared.loader().installPublishers(List.of(session)).get(limit, TimeUnit.MILLISECONDS);
      session.end.get(limit, TimeUnit.MILLISECONDS);
      shared.loader().removeAndClosePublisher(session).get(limit, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalStackException("Interrupted while waiting for Kafka's controller", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new LocalStackException("Kafka's controller did not end its broker's last session", e);
    }
  }

  /** Ends when the controller's log, read to its end, shows no broker that may lead. */
  private static final class FormerSession implements MetadataPublisher {
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    @Override
    public String name() {
      return "FormerSession";
    }

    @Override
    public void onMetadataUpdate(
        MetadataDelta delta, MetadataImage image, LoaderManifest manifest) {
      BrokerRegistration former = image.cluster().broker(BrokerSettings.NODE_ID);
      if (former == null || former.fenced()) {
        end.complete(null);
      }
    }

    @Override
    public void close() {} // without the checked exception of the interface
  }
}
