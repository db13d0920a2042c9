package io.paidonce.localstack;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** The settings of the one broker, which is its own controller, each with its reason. */
final class BrokerSettings {
  static final int NODE_ID = 1;
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  private BrokerSettings() {}

  static Properties of(Path logDirectory, int port, int controllerPort) {
    Properties p = new Properties();
    p.setProperty("process.roles", "broker,controller");
    p.setProperty("node.id", Integer.toString(NODE_ID));
    // Static voters, not the ones kept in the log: the controller's port may differ at each start.
    p.setProperty("controller.quorum.voters", NODE_ID + "@" + Ports.HOST + ":" + controllerPort);
    p.setProperty(
        "listeners",
        "PLAINTEXT://%1$s:%2$d,%3$s://%1$s:%4$d"
            .formatted(Ports.HOST, port, CONTROLLER_LISTENER, controllerPort));
    p.setProperty("advertised.listeners", "PLAINTEXT://" + Ports.HOST + ":" + port);
    p.setProperty("inter.broker.listener.name", "PLAINTEXT");
    p.setProperty("controller.listener.names", CONTROLLER_LISTENER);
    p.setProperty(
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
    p.setProperty("log.dirs", logDirectory.toString());
    p.putAll(wherever());

    // Several brokers of one test JVM would quarrel over the same MBean names.
    p.setProperty("metric.reporters", "");
    return p;
  }

  /** What holds however the broker is run. */
  static Map<String, String> wherever() {
    Map<String, String> p = new LinkedHashMap<>();
    // A topic that nobody declared is a spelling mistake.
    p.put("auto.create.topics.enable", "false");
    p.put("unclean.leader.election.enable", "false");

    // One broker can't replicate: the declared exception of ARCHITECTURE.md 8.
    p.put("default.replication.factor", "1");
    p.put("min.insync.replicas", "1");
    p.put("offsets.topic.replication.factor", "1");
    p.put("transaction.state.log.replication.factor", "1");
    p.put("transaction.state.log.min.isr", "1");
    p.put("share.coordinator.state.topic.replication.factor", "1");
    p.put("share.coordinator.state.topic.min.isr", "1");

    // The first group and the first transaction wait until all of these partitions exist.
    p.put("offsets.topic.num.partitions", "5");
    p.put("transaction.state.log.num.partitions", "5");
    p.put("share.coordinator.state.topic.num.partitions", "5");
    p.put("group.initial.rebalance.delay.ms", "0");

    // As we ask of real clusters: a group idle for a month keeps its place.
    p.put("offsets.retention.minutes", "43200");

    // CombinedNode waits for the end of a killed broker's session, so a short one is a quick
    // restart; but a stall of this length, which a busy machine has, fences the broker.
    p.put("broker.session.timeout.ms", "6000");
    p.put("broker.heartbeat.interval.ms", "500");

    // An orderly stop ends that session at once.
    p.put("controlled.shutdown.enable", "true");

    // What fits into a heap of 320 MB: the cleaner alone takes 128 MB by default.
    p.put("log.cleaner.dedupe.buffer.size", "4194304");
    p.put("num.network.threads", "2");
    p.put("num.io.threads", "4");
    p.put("background.threads", "2");
    return p;
  }
}
