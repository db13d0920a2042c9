package io.paidonce.reconciler;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.paidonce.contract.ProviderAccount;
import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.ApiCredentials;
import io.paidonce.providers.Problems;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * How providers are asked. What is absent in the file gets the default named here. Accounts and
 * credentials stand in sections of their own, bound by their protocols, and are added with {@link
 * #withAccounts}.
 *
 * @param bootstrapServers Kafka, {@code host:port,host:port}
 * @param replicationFactor copies of each partition that the cluster must have; default 3. 1
 *     declares an installation on one machine, where nothing can be replicated
 * @param groupId instances of one group share the requests; default {@code paidonce-reconciler}.
 *     Another id is another group that starts from the beginning
 * @param instanceId this instance's name among them, kept over a restart so that it gets its
 *     partitions back without a rebalance; absent for a member without a name
 * @param threads most questions under way at once, over all accounts; default 32
 * @param maxWaiting requests held in memory, above which no more are read; default 10000
 * @param requestsPerSecond how often one account is asked on average, by this instance; default 10
 * @param burst how many questions may go at once after a rest; default 5
 * @param accountLimits accounts with a limit of their own
 * @param connectTimeoutMs until there is a connection to a provider; default 3000
 * @param timeoutMs until a provider's answer is complete; default 10000
 * @param managementHost where health and metrics are served; default 127.0.0.1
 * @param managementPort 0 is any free one; default 9095
 * @param accounts with whose keys answers are verified
 * @param credentials in whose name questions are asked
 */
public record ReconcilerConfig(
    String bootstrapServers,
    Integer replicationFactor,
    String groupId,
    @Nullable String instanceId,
    Integer threads,
    Integer maxWaiting,
    Integer requestsPerSecond,
    Integer burst,
    List<AccountLimit> accountLimits,
    Integer connectTimeoutMs,
    Integer timeoutMs,
    String managementHost,
    Integer managementPort,
    List<AccountConfig> accounts,
    List<ApiCredentials> credentials) {

  public static final String DEFAULT_GROUP_ID = "paidonce-reconciler";

  /**
   * How often one account is asked.
   *
   * @param account {@code provider:account}, such as {@code wechat:1900000001}
   * @param requestsPerSecond on average, by this instance
   * @param burst how many at once after a rest; that of all accounts where absent
   */
  public record AccountLimit(String account, int requestsPerSecond, @Nullable Integer burst) {
    public AccountLimit {
      ProviderAccount.parse(account);
    }
  }

  public ReconcilerConfig {
    accountLimits = List.copyOf(accountLimits);
    accounts = List.copyOf(accounts);
    credentials = List.copyOf(credentials);
  }

  /** What the file says, or the defaults; without accounts. */
  @JsonCreator
  public ReconcilerConfig(
      @JsonProperty("bootstrapServers") @Nullable String bootstrapServers,
      @JsonProperty("replicationFactor") @Nullable Integer replicationFactor,
      @JsonProperty("groupId") @Nullable String groupId,
      @JsonProperty("instanceId") @Nullable String instanceId,
      @JsonProperty("threads") @Nullable Integer threads,
      @JsonProperty("maxWaiting") @Nullable Integer maxWaiting,
      @JsonProperty("requestsPerSecond") @Nullable Integer requestsPerSecond,
      @JsonProperty("burst") @Nullable Integer burst,
      @JsonProperty("accountLimits") @Nullable List<AccountLimit> accountLimits,
      @JsonProperty("connectTimeoutMs") @Nullable Integer connectTimeoutMs,
      @JsonProperty("timeoutMs") @Nullable Integer timeoutMs,
      @JsonProperty("managementHost") @Nullable String managementHost,
      @JsonProperty("managementPort") @Nullable Integer managementPort) {
    this(
        bootstrapServers == null ? "" : bootstrapServers,
        replicationFactor == null ? 3 : replicationFactor,
        groupId == null ? DEFAULT_GROUP_ID : groupId,
        instanceId,
        threads == null ? 32 : threads,
        maxWaiting == null ? 10_000 : maxWaiting,
        requestsPerSecond == null ? 10 : requestsPerSecond,
        burst == null ? 5 : burst,
        accountLimits == null ? List.of() : accountLimits,
        connectTimeoutMs == null ? 3_000 : connectTimeoutMs,
        timeoutMs == null ? 10_000 : timeoutMs,
        managementHost == null ? "127.0.0.1" : managementHost,
        managementPort == null ? 9095 : managementPort,
        List.of(),
        List.of());
  }

  /** The same with those who can be asked. */
  public ReconcilerConfig withAccounts(
      List<? extends AccountConfig> configured, List<? extends ApiCredentials> withWhich) {
    return new ReconcilerConfig(
        bootstrapServers,
        replicationFactor,
        groupId,
        instanceId,
        threads,
        maxWaiting,
        requestsPerSecond,
        burst,
        accountLimits,
        connectTimeoutMs,
        timeoutMs,
        managementHost,
        managementPort,
        List.copyOf(configured),
        List.copyOf(withWhich));
  }

  /**
   * Reports what can't work, all together, key material included.
   *
   * @param problems of the whole configuration, in which this one is the section {@code reconciler}
   */
  public void check(Problems problems) {
    Clients.open(
        this,
        request -> {
          throw new IllegalStateException("nobody is asked while the configuration is checked");
        },
        new SplittableRandom(),
        problems);
    Problems here = problems.in("reconciler");
    if (bootstrapServers.isBlank()) {
      here.in("bootstrapServers").add("is missing; name at least one Kafka broker as host:port");
    }
    if (groupId.isBlank()) {
      here.in("groupId").add("is blank; name the group, or leave it out");
    }
    range(here, "replicationFactor", replicationFactor, 1, 7);
    range(here, "threads", threads, 1, 512);
    range(here, "maxWaiting", maxWaiting, 100, 1_000_000);
    range(here, "requestsPerSecond", requestsPerSecond, 1, 10_000);
    range(here, "burst", burst, 1, 10_000);
    range(here, "connectTimeoutMs", connectTimeoutMs, 100, 60_000);
    range(here, "timeoutMs", timeoutMs, 100, 60_000);
    range(here, "managementPort", managementPort, 0, 65_535);
    for (int i = 0; i < accountLimits.size(); i++) {
      Problems limit = here.in("accountLimits").at(i);
      range(limit, "requestsPerSecond", accountLimits.get(i).requestsPerSecond(), 1, 10_000);
      range(limit, "burst", burstOf(accountLimits.get(i)), 1, 10_000);
    }
  }

  int burstOf(AccountLimit limit) {
    return limit.burst() == null ? burst : limit.burst();
  }

  private static void range(Problems problems, String field, int value, int from, int to) {
    if (value < from || value > to) {
      problems.in(field).add("is " + value + "; it must be " + from + " to " + to + ".");
    }
  }
}
