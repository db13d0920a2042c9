package io.paidonce.streams;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.paidonce.ledger.TimeToPay;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the topology runs. What is absent in the file gets the default named here. The shops' times
 * to pay stand in another section of it and are added with {@link #withTimesToPay}.
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
 * @param timesToPay by shop; {@link TimeToPay#DEFAULT} for one that is not in it
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
    Integer managementPort,
    Map<String, TimeToPay> timesToPay) {

  public static final String DEFAULT_APPLICATION_ID = "paidonce-dedup-streams";

  public DedupStreamsConfig {
    timesToPay = Map.copyOf(timesToPay);
  }

  /** What the file says, or the defaults; no shop has a time to pay of its own. */
  @JsonCreator
  public DedupStreamsConfig(
      @JsonProperty("bootstrapServers") @Nullable String bootstrapServers,
      @JsonProperty("applicationId") @Nullable String applicationId,
      @JsonProperty("stateDir") @Nullable String stateDir,
      @JsonProperty("threads") @Nullable Integer threads,
      @JsonProperty("replicationFactor") @Nullable Integer replicationFactor,
      @JsonProperty("standbyReplicas") @Nullable Integer standbyReplicas,
      @JsonProperty("instanceId") @Nullable String instanceId,
      @JsonProperty("rocksDbMemoryMib") @Nullable Integer rocksDbMemoryMib,
      @JsonProperty("managementHost") @Nullable String managementHost,
      @JsonProperty("managementPort") @Nullable Integer managementPort) {
    this(
        bootstrapServers == null ? "" : bootstrapServers,
        applicationId == null ? DEFAULT_APPLICATION_ID : applicationId,
        stateDir == null ? "" : stateDir,
        threads == null ? 1 : threads,
        replicationFactor == null ? 3 : replicationFactor,
        standbyReplicas == null ? 1 : standbyReplicas,
        instanceId,
        rocksDbMemoryMib == null ? 128 : rocksDbMemoryMib,
        managementHost == null ? "127.0.0.1" : managementHost,
        managementPort == null ? 9091 : managementPort,
        Map.of());
  }

  /** The same with what the shops say about their orders' time to pay. */
  public DedupStreamsConfig withTimesToPay(Map<String, TimeToPay> byShop) {
    return new DedupStreamsConfig(
        bootstrapServers,
        applicationId,
        stateDir,
        threads,
        replicationFactor,
        standbyReplicas,
        instanceId,
        rocksDbMemoryMib,
        managementHost,
        managementPort,
        byShop);
  }

  TimeToPay timeToPay(String shop) {
    return timesToPay.getOrDefault(shop, TimeToPay.DEFAULT);
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
