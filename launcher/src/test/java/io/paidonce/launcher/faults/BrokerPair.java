package io.paidonce.launcher.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;

/**
 * Two brokers that replicate: one broker alone has no follower that lags behind it, so that an
 * acknowledgement of the leader only is as good there as one of all. The second is the controller,
 * too, and outlives the first.
 */
final class BrokerPair implements AutoCloseable {

  static final int LEADER = 1;
  static final int FOLLOWER = 2;
  static final int REPLICAS = 2;

  private static final Duration SOON = Duration.ofSeconds(60);

  private final Map<Integer, ChildJvm> brokers;
  private final int[] ports;

  private BrokerPair(Map<Integer, ChildJvm> brokers, int[] ports) {
    this.brokers = brokers;
    this.ports = ports;
  }

  static BrokerPair start(Path directory) {
    int[] ports = {FreePort.any(), FreePort.any()};
    int controller = FreePort.any();
    Uuid cluster = Uuid.randomUuid();
    BrokerPair pair =
        new BrokerPair(
            Map.of(
                LEADER, broker(directory, cluster, LEADER, ports[0], controller, false),
                FOLLOWER, broker(directory, cluster, FOLLOWER, ports[1], controller, true)),
            ports);
    pair.brokers.values().forEach(broker -> broker.start(List.of()));
    Await.until("two brokers", SOON, () -> pair.nodes() == 2);
    return pair;
  }

  private static ChildJvm broker(
      Path directory, Uuid cluster, int id, int port, int controllerPort, boolean controls) {
    Path settings = directory.resolve("broker-" + id + ".properties");
    String listeners = "PLAINTEXT://127.0.0.1:" + port;
    String text =
        """
        process.roles=%s
        node.id=%d
        controller.quorum.voters=%d@127.0.0.1:%d
        controller.listener.names=CONTROLLER
        listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
        listeners=%s
        advertised.listeners=%s
        log.dirs=%s
        auto.create.topics.enable=false
        unclean.leader.election.enable=false
        default.replication.factor=2
        offsets.topic.replication.factor=2
        offsets.topic.num.partitions=5
        transaction.state.log.replication.factor=2
        transaction.state.log.min.isr=1
        transaction.state.log.num.partitions=5
        group.initial.rebalance.delay.ms=0
        broker.session.timeout.ms=6000
        broker.heartbeat.interval.ms=500
        log.cleaner.dedupe.buffer.size=4194304
        """
            .formatted(
                controls ? "broker,controller" : "broker",
                id,
                FOLLOWER,
                controllerPort,
                controls ? listeners + ",CONTROLLER://127.0.0.1:" + controllerPort : listeners,
                listeners,
                directory.resolve("broker-" + id));
    try {
      Files.writeString(settings, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int formatted =
        StorageTool.execute(
            new String[] {"format", "-t", cluster.toString(), "-c", settings.toString()},
            new PrintStream(PrintStream.nullOutputStream()));
    assertThat(formatted).isZero();
    return new ChildJvm(
        directory, "broker-" + id, "320m", "kafka.Kafka", List.of(settings.toString()));
  }

  String bootstrapServers() {
    return "127.0.0.1:" + ports[0] + ",127.0.0.1:" + ports[1];
  }

  ChildJvm broker(int id) {
    return brokers.get(id);
  }

  private int nodes() {
    try (Admin admin = admin()) {
      return admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).size();
    } catch (ExecutionException | TimeoutException notYet) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits until both brokers have a topic in sync and each leads its part of it. */
  void awaitShared(String topic) {
    Await.until(
        topic + " is in sync and led by both",
        SOON,
        () -> {
          try (Admin admin = admin()) {
            // Whoever outlived the other leads everything until it is told to share.
            admin.electLeaders(ElectionType.PREFERRED, null).all().get(5, TimeUnit.SECONDS);
            List<TopicPartitionInfo> partitions =
                admin
                    .describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(5, TimeUnit.SECONDS)
                    .get(topic)
                    .partitions();
            return partitions.stream().allMatch(p -> p.isr().size() == REPLICAS)
                && partitions.stream().map(p -> p.leader().id()).distinct().count() == REPLICAS;
          } catch (ExecutionException | TimeoutException notYet) {
            return false;
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
          }
        });
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
  }

  @Override
  public void close() {
    brokers.values().stream().filter(ChildJvm::isAlive).forEach(ChildJvm::kill);
  }
}
