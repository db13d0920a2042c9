package io.paidonce.projector;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All a projector is told. Bound by Jackson through {@link #of}, which fills in what is absent.
 *
 * @param bootstrapServers Kafka's address
 * @param groupId instances of one group share the partitions
 * @param instanceId this instance's name among them, kept over a restart so that it gets its
 *     partitions back without a rebalance; absent for a member without a name
 * @param jdbcUrl PostgreSQL's address, {@code jdbc:postgresql://host:port/database}
 * @param user absent where the URL names one
 * @param password absent where the server asks for none
 * @param api where the query API listens
 * @param management where health and metrics are served
 * @param maxBatchRecords most records in one PostgreSQL transaction
 * @param replicationFactor copies of each partition that the cluster must have; 1 declares an
 *     installation on one machine, where nothing can be replicated
 * @param queryConnections PostgreSQL connections of the query API; each writer has one more
 * @param writers how many write side by side, each with partitions and a connection of its own. A
 *     PostgreSQL connection is one core at most: where that is full and others are idle, one more
 *     writes more
 * @param access who may ask the query API; absent: everybody who reaches its address
 * @param waiters how many may wait for orders
 * @param dualControl which actions need two operators
 */
public record ProjectorConfig(
    String bootstrapServers,
    String groupId,
    @Nullable String instanceId,
    String jdbcUrl,
    @Nullable String user,
    @Nullable String password,
    Endpoint api,
    Endpoint management,
    int maxBatchRecords,
    int replicationFactor,
    int queryConnections,
    int writers,
    @Nullable ApiAccess access,
    WaiterLimits waiters,
    DualControl dualControl) {

  public static final String DEFAULT_GROUP_ID = "order-projector";
  public static final Endpoint DEFAULT_API = new Endpoint("127.0.0.1", 8090);
  public static final Endpoint DEFAULT_MANAGEMENT = new Endpoint("127.0.0.1", 9090);
  public static final int DEFAULT_MAX_BATCH_RECORDS = 2000;
  public static final int DEFAULT_REPLICATION_FACTOR = 3;
  private static final int REBUILD_BATCH_RECORDS = 5000;
  public static final int DEFAULT_QUERY_CONNECTIONS = 8;
  public static final int DEFAULT_WRITERS = 1;

  /**
   * An address to listen at.
   *
   * @param port 0 for any free one
   */
  public record Endpoint(String host, @JsonProperty(required = true) int port) {}

  /** Throws IllegalArgumentException that names every bad field at once. */
  public ProjectorConfig {
    List<String> problems = new ArrayList<>();
    requireText(problems, "bootstrapServers", bootstrapServers, "name Kafka's host:port");
    requireText(problems, "groupId", groupId, "name the group, or leave it out");
    if (instanceId != null) {
      requireText(problems, "instanceId", instanceId, "name this instance, or leave it out");
    }
    if (jdbcUrl == null || !jdbcUrl.startsWith("jdbc:postgresql:")) {
      problems.add("jdbcUrl must read jdbc:postgresql://host:port/database");
    }
    requireAddress(problems, "api", api);
    requireAddress(problems, "management", management);
    requireRange(problems, "maxBatchRecords", maxBatchRecords, 1, 50_000, "records");
    requireRange(problems, "replicationFactor", replicationFactor, 1, 7, "copies");
    requireRange(problems, "queryConnections", queryConnections, 1, 200, "connections");
    requireRange(problems, "writers", writers, 1, 12, "writers");
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }

  /** As the constructor, with a default for what is null. */
  @JsonCreator
  public static ProjectorConfig of(
      @JsonProperty("bootstrapServers") @Nullable String bootstrapServers,
      @JsonProperty("groupId") @Nullable String groupId,
      @JsonProperty("instanceId") @Nullable String instanceId,
      @JsonProperty("jdbcUrl") @Nullable String jdbcUrl,
      @JsonProperty("user") @Nullable String user,
      @JsonProperty("password") @Nullable String password,
      @JsonProperty("api") @Nullable Endpoint api,
      @JsonProperty("management") @Nullable Endpoint management,
      @JsonProperty("maxBatchRecords") @Nullable Integer maxBatchRecords,
      @JsonProperty("replicationFactor") @Nullable Integer replicationFactor,
      @JsonProperty("queryConnections") @Nullable Integer queryConnections,
      @JsonProperty("writers") @Nullable Integer writers,
      @JsonProperty("access") @Nullable ApiAccess access,
      @JsonProperty("waiters") @Nullable WaiterLimits waiters,
      @JsonProperty("dualControl") @Nullable DualControl dualControl) {
    return new ProjectorConfig(
        bootstrapServers == null ? "" : bootstrapServers,
        groupId == null ? DEFAULT_GROUP_ID : groupId,
        instanceId,
        jdbcUrl == null ? "" : jdbcUrl,
        user,
        password,
        api == null ? DEFAULT_API : api,
        management == null ? DEFAULT_MANAGEMENT : management,
        maxBatchRecords == null ? DEFAULT_MAX_BATCH_RECORDS : maxBatchRecords,
        replicationFactor == null ? DEFAULT_REPLICATION_FACTOR : replicationFactor,
        queryConnections == null ? DEFAULT_QUERY_CONNECTIONS : queryConnections,
        writers == null ? DEFAULT_WRITERS : writers,
        access,
        waiters == null ? WaiterLimits.DEFAULT : waiters,
        dualControl == null ? DualControl.OFF : dualControl);
  }

  /** The same read store in another schema, written by a group of its own. */
  ProjectorConfig building(String schema) {
    return new ProjectorConfig(
        bootstrapServers,
        groupId + "-rebuild",
        null,
        inSchema(jdbcUrl, schema),
        user,
        password,
        api,
        management,
        Math.max(maxBatchRecords, REBUILD_BATCH_RECORDS),
        replicationFactor,
        queryConnections,
        writers,
        access,
        waiters,
        dualControl);
  }

  /** The same for one of several writers: each is a member of the group. */
  ProjectorConfig ofWriter(int number) {
    return new ProjectorConfig(
        bootstrapServers,
        groupId,
        instanceId == null || number == 1 ? instanceId : instanceId + "-" + number,
        jdbcUrl,
        user,
        password,
        api,
        management,
        maxBatchRecords,
        replicationFactor,
        queryConnections,
        writers,
        access,
        waiters,
        dualControl);
  }

  private static String inSchema(String url, String schema) {
    String other = url.replaceAll("(?<=[?&])currentSchema=[^&]*&?", "");
    String ended = other.endsWith("?") || other.endsWith("&") ? other : other + joint(other);
    return ended + "currentSchema=" + schema;
  }

  private static String joint(String url) {
    return url.contains("?") ? "&" : "?";
  }

  /** The PostgreSQL address without its parameters, which may hold a password. */
  String database() {
    int parameters = jdbcUrl.indexOf('?');
    return parameters < 0 ? jdbcUrl : jdbcUrl.substring(0, parameters);
  }

  @Override
  public String toString() {
    return "ProjectorConfig[bootstrapServers="
        + bootstrapServers
        + ", groupId="
        + groupId
        + ", instanceId="
        + instanceId
        + ", jdbcUrl="
        + database()
        + ", user="
        + user
        + ", password="
        + (password == null ? "none" : "***")
        + ", api="
        + api
        + ", management="
        + management
        + ", maxBatchRecords="
        + maxBatchRecords
        + ", replicationFactor="
        + replicationFactor
        + ", queryConnections="
        + queryConnections
        + ", writers="
        + writers
        + ", access="
        + access
        + ", waiters="
        + waiters
        + ", dualControl="
        + dualControl
        + "]";
  }

  private static void requireText(
      List<String> problems, String field, @Nullable String value, String fix) {
    if (value == null || value.isBlank()) {
      problems.add(field + " is missing; " + fix);
    }
  }

  private static void requireAddress(
      List<String> problems, String field, @Nullable Endpoint endpoint) {
    if (endpoint == null || endpoint.host() == null || endpoint.host().isBlank()) {
      problems.add(field + ".host is missing; name an address to listen at, such as 127.0.0.1");
    } else {
      requireRange(problems, field + ".port", endpoint.port(), 0, 65_535, "(0: any free port)");
    }
  }

  private static void requireRange(
      List<String> problems, String field, int value, int least, int most, String unit) {
    if (value < least || value > most) {
      problems.add(
          field + " is " + value + "; it must be from " + least + " to " + most + " " + unit);
    }
  }
}
