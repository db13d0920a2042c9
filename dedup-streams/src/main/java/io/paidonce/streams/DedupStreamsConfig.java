package io.paidonce.streams;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the topology runs. What is absent in the file gets the default named here.
 *
 * @param bootstrapServers Kafka, {@code host:port,host:port}
 * @param applicationId names the group, its transactions and its internal topics; default {@code
 *     paidonce-dedup-streams}. Another id is another application that starts from the beginning
 * @param stateDir where RocksDB lives; kept over restarts, one for each instance
 * @param threads stream threads, each with a producer and transactions of its own; default 1, which
 *     keeps up with a gateway on two cores. More commit more often for the same records
 * @param replicationFactor of the internal topics; default 3
 * @param standbyReplicas warm copies of the stores on other instances; default 1
 * @param instanceId static membership: a quick restart keeps its tasks; absent means none
 * @param rocksDbMemoryMib all block caches and write buffers together, MiB; default 128
 * @param managementHost where health and metrics are served; default 127.0.0.1
 * @param managementPort 0 is any free one; default 9091
 */
public record DedupStreamsConfig(
    String bootstrapServers,
    String applicationId,
    String stateDir,
    Integer threads,
    Integer replicationFactor,
    Integer standbyReplicas,
    @Nullable String instanceId,
    Integer rocksDbMemoryMib,
    String managementHost,
    Integer managementPort) {

  public static final String DEFAULT_APPLICATION_ID = "paidonce-dedup-streams";

  @SuppressWarnings("ConstantValue") // absent fields arrive as null
  public DedupStreamsConfig(
      @Nullable String bootstrapServers,
      @Nullable String applicationId,
      @Nullable String stateDir,
      @Nullable Integer threads,
      @Nullable Integer replicationFactor,
      @Nullable Integer standbyReplicas,
      @Nullable String instanceId,
      @Nullable Integer rocksDbMemoryMib,
      @Nullable String managementHost,
      @Nullable Integer managementPort) {
    this.bootstrapServers = bootstrapServers == null ? "" : bootstrapServers;
    this.applicationId = applicationId == null ? DEFAULT_APPLICATION_ID : applicationId;
    this.stateDir = stateDir == null ? "" : stateDir;
    this.threads = threads == null ? 1 : threads;
    this.replicationFactor = replicationFactor == null ? 3 : replicationFactor;
    this.standbyReplicas = standbyReplicas == null ? 1 : standbyReplicas;
    this.instanceId = instanceId;
    this.rocksDbMemoryMib = rocksDbMemoryMib == null ? 128 : rocksDbMemoryMib;
    this.managementHost = managementHost == null ? "127.0.0.1" : managementHost;
    this.managementPort = managementPort == null ? 9091 : managementPort;
  }

  /** The topic that intake's memory of identities is restored from. */
  public String receivedChangelog() {
    return applicationId + "-" + Received.STORE + "-changelog";
  }

  /** What is wrong, each with the field and the fix; empty where all is well. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (bootstrapServers.isBlank()) {
      problems.add("bootstrapServers: missing; name at least one Kafka broker as host:port");
    }
    if (stateDir.isBlank()) {
      problems.add("stateDir: missing; name a directory that survives a restart");
    }
    if (!applicationId.matches("[A-Za-z0-9._-]{1,100}")) {
      problems.add("applicationId: letters, digits, dot, dash and underscore only");
    }
    range(problems, "threads", threads, 1, 64);
    range(problems, "replicationFactor", replicationFactor, 1, 7);
    range(problems, "standbyReplicas", standbyReplicas, 0, 6);
    range(problems, "rocksDbMemoryMib", rocksDbMemoryMib, 16, 65_536);
    range(problems, "managementPort", managementPort, 0, 65_535);
    return problems;
  }

  private static void range(List<String> problems, String field, int value, int from, int to) {
    if (value < from || value > to) {
      problems.add(field + ": must be " + from + " to " + to + ", is " + value);
    }
  }
}
