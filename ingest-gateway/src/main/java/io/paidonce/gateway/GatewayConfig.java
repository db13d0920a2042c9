package io.paidonce.gateway;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.Problems;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything a gateway is told. Bound from YAML except for {@code accounts}: their shape depends on
 * the protocol, so they are bound one by one and added with {@link #withAccounts}.
 *
 * @param bootstrapServers Kafka's {@code bootstrap.servers}
 * @param replicationFactor copies of each partition that the cluster must have; 1 declares an
 *     installation on one machine, where nothing can be replicated
 * @param callbacks where providers' callbacks come in
 * @param management where health and metrics are read; not for the internet
 * @param limits what is taken on at once
 * @param accountLabel whether rejections are counted per account too; off where accounts are many
 * @param orders commands by HTTP; off unless tokens are configured
 * @param door how whoever connects is met
 * @param retiringKeys keys that are accepted until a stated time only
 * @param accounts whose callbacks are served
 */
public record GatewayConfig(
    String bootstrapServers,
    int replicationFactor,
    Endpoint callbacks,
    Endpoint management,
    Limits limits,
    boolean accountLabel,
    OrdersConfig orders,
    DoorConfig door,
    List<RetiringKey> retiringKeys,
    List<AccountConfig> accounts) {

  private static final String DEFAULT_BOOTSTRAP_SERVERS = "127.0.0.1:9092";
  private static final int DEFAULT_REPLICATION_FACTOR = 3;
  private static final int LARGEST_REPLICATION_FACTOR = 7;
  private static final Endpoint DEFAULT_CALLBACKS = new Endpoint("0.0.0.0", 8080);
  // Metrics tell much: whoever wants them from outside opens them on purpose.
  private static final Endpoint DEFAULT_MANAGEMENT = new Endpoint("127.0.0.1", 8081);

  public GatewayConfig {
    requireNonNull(bootstrapServers, "bootstrapServers");
    requireNonNull(callbacks, "callbacks");
    requireNonNull(management, "management");
    requireNonNull(limits, "limits");
    requireNonNull(orders, "orders");
    requireNonNull(door, "door");
    retiringKeys = List.copyOf(retiringKeys);
    accounts = List.copyOf(accounts);
  }

  @JsonCreator
  static GatewayConfig bind(
      @JsonProperty("bootstrapServers") @Nullable String bootstrapServers,
      @JsonProperty("replicationFactor") @Nullable Integer replicationFactor,
      @JsonProperty("callbacks") @Nullable Endpoint callbacks,
      @JsonProperty("management") @Nullable Endpoint management,
      @JsonProperty("limits") @Nullable Limits limits,
      @JsonProperty("accountLabel") @Nullable Boolean accountLabel,
      @JsonProperty("orders") @Nullable OrdersConfig orders,
      @JsonProperty("tls") @Nullable TlsConfig tls,
      @JsonProperty("trustedProxies") @Nullable List<String> trustedProxies,
      @JsonProperty("allowFrom") @Nullable List<AllowedSources> allowFrom,
      @JsonProperty("failures") @Nullable FailureLimits failures,
      @JsonProperty("shopLimits") @Nullable ShopLimits shopLimits,
      @JsonProperty("handshakes") @Nullable List<HandshakeConfig> handshakes,
      @JsonProperty("retiringKeys") @Nullable List<RetiringKey> retiringKeys) {
    return new GatewayConfig(
        bootstrapServers == null ? DEFAULT_BOOTSTRAP_SERVERS : bootstrapServers,
        replicationFactor == null ? DEFAULT_REPLICATION_FACTOR : replicationFactor,
        callbacks == null ? DEFAULT_CALLBACKS : callbacks,
        management == null ? DEFAULT_MANAGEMENT : management,
        limits == null ? Limits.standard() : limits,
        accountLabel != null && accountLabel,
        orders == null ? OrdersConfig.off() : orders,
        DoorConfig.bind(tls, trustedProxies, allowFrom, failures, shopLimits, handshakes),
        retiringKeys == null ? List.of() : retiringKeys,
        List.of());
  }

  /** The defaults, for a Kafka of this address; without accounts. */
  public static GatewayConfig of(String bootstrapServers) {
    return bind(
        bootstrapServers,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  public GatewayConfig withAccounts(List<? extends AccountConfig> served) {
    return new GatewayConfig(
        bootstrapServers,
        replicationFactor,
        callbacks,
        management,
        limits,
        accountLabel,
        orders,
        door,
        retiringKeys,
        List.copyOf(served));
  }

  /** For a cluster with that many copies of each partition. */
  public GatewayConfig withReplicationFactor(int declared) {
    return new GatewayConfig(
        bootstrapServers,
        declared,
        callbacks,
        management,
        limits,
        accountLabel,
        orders,
        door,
        retiringKeys,
        accounts);
  }

  public GatewayConfig withEndpoints(Endpoint forCallbacks, Endpoint forManagement) {
    return new GatewayConfig(
        bootstrapServers,
        replicationFactor,
        forCallbacks,
        forManagement,
        limits,
        accountLabel,
        orders,
        door,
        retiringKeys,
        accounts);
  }

  public GatewayConfig withLimits(Limits chosen) {
    return new GatewayConfig(
        bootstrapServers,
        replicationFactor,
        callbacks,
        management,
        chosen,
        accountLabel,
        orders,
        door,
        retiringKeys,
        accounts);
  }

  /** With commands by HTTP. */
  public GatewayConfig withOrders(OrdersConfig chosen) {
    return new GatewayConfig(
        bootstrapServers,
        replicationFactor,
        callbacks,
        management,
        limits,
        accountLabel,
        chosen,
        door,
        retiringKeys,
        accounts);
  }

  public GatewayConfig withDoor(DoorConfig chosen) {
    return new GatewayConfig(
        bootstrapServers,
        replicationFactor,
        callbacks,
        management,
        limits,
        accountLabel,
        orders,
        chosen,
        retiringKeys,
        accounts);
  }

  /** Reports what can't work, all together; accounts are judged where they are opened. */
  public void check(Problems problems) {
    if (bootstrapServers.isBlank()) {
      problems.in("bootstrapServers").add("is blank; name a broker such as kafka-1:9092");
    }
    if (replicationFactor < 1 || replicationFactor > LARGEST_REPLICATION_FACTOR) {
      problems
          .in("replicationFactor")
          .add("is " + replicationFactor + "; it must be 1 to " + LARGEST_REPLICATION_FACTOR);
    }
    callbacks.check(problems.in("callbacks"));
    management.check(problems.in("management"));
    if (callbacks.collidesWith(management)) {
      problems
          .in("management")
          .add("listens at " + management + " as callbacks do; give it a port of its own");
    }
    limits.check(problems.in("limits"));
    door.check(problems);
    orders.check(problems.in("orders"));
    if (orders.isOpen()
        && (orders.endpoint().collidesWith(callbacks)
            || orders.endpoint().collidesWith(management))) {
      problems
          .in("orders")
          .in("endpoint")
          .add(
              "is "
                  + orders.endpoint()
                  + ", as callbacks or management; give it a port of its own");
    }
  }
}
