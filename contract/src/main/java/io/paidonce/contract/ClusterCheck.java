package io.paidonce.contract;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.jspecify.annotations.Nullable;

/**
 * Says what makes a cluster unsafe for a role. Every role asks before its first record and refuses
 * to run where there is an answer: a promise that does not hold is not made.
 */
public final class ClusterCheck {

  /** A deadline is due this long after its time, so a larger difference could beat a payment. */
  static final Duration LARGEST_CLOCK_OFFSET = Duration.ofSeconds(5);

  /** Read together by a replay, so that one kept shorter would leave a hole. */
  private static final List<Topic<?>> FOLDED_TOGETHER =
      List.of(Topics.PAYMENT_NOTIFICATIONS, Topics.ORDER_COMMANDS, Topics.ORDER_INPUTS);

  private static final String TRANSACTION_VERSION = "transaction.version";
  private static final int LEAST_TRANSACTION_VERSION = 2;
  private static final int ANSWER_WITHIN_MS = 10_000;

  private final String bootstrapServers;
  private final int replicationFactor;
  private final Set<Topic<?>> topics;
  private final @Nullable Clock clock;

  private ClusterCheck(
      String bootstrapServers, int replicationFactor, Set<Topic<?>> topics, @Nullable Clock clock) {
    this.bootstrapServers = bootstrapServers;
    this.replicationFactor = replicationFactor;
    this.topics = Set.copyOf(topics);
    this.clock = clock;
  }

  /**
   * For a role that writes: its clock is compared with the brokers', which stamp what it writes.
   *
   * @param replicationFactor what the installation declares; 1 is for one machine, where nothing
   *     can be replicated
   * @param topics what the role reads and writes
   */
  public static ClusterCheck ofWriter(
      String bootstrapServers, int replicationFactor, Set<Topic<?>> topics, Clock clock) {
    return new ClusterCheck(bootstrapServers, replicationFactor, topics, clock);
  }

  /** For a role that only reads. */
  public static ClusterCheck ofReader(
      String bootstrapServers, int replicationFactor, Set<Topic<?>> topics) {
    return new ClusterCheck(bootstrapServers, replicationFactor, topics, null);
  }

  /**
   * What is unsafe, each with the setting and its fix; empty where all is well.
   *
   * @throws KafkaSilentException if the cluster does not answer
   * @throws IllegalStateException if it refuses to
   */
  public List<String> problems() {
    Map<String, Object> settings =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            AdminClientConfig.CLIENT_ID_CONFIG,
            "paidonce-cluster-check",
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            ANSWER_WITHIN_MS,
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            ANSWER_WITHIN_MS / 2);
    List<String> problems = new ArrayList<>();
    try (Admin admin = Admin.create(settings)) {
      TopicsAdmin cluster = new TopicsAdmin(admin, replicationFactor);
      problems.addAll(transactions(admin));
      problems.addAll(cluster.check(used()));
      problems.addAll(cluster.checkRetention(FOLDED_TOGETHER));
      problems.addAll(cluster.checkKafkasOwn());
    }
    // Without the topic there is nothing to stamp, and that is said already.
    if (clock != null && problems.isEmpty()) {
      problems.addAll(offset(clock));
    }
    return problems;
  }

  private static List<String> transactions(Admin admin) {
    FinalizedVersionRange range =
        Answers.await(admin.describeFeatures().featureMetadata())
            .finalizedFeatures()
            .get(TRANSACTION_VERSION);
    int found = range == null ? 0 : range.maxVersionLevel();
    // Below 2 a delayed end of a transaction can end the next one and lose or double its records.
    return found >= LEAST_TRANSACTION_VERSION
        ? List.of()
        : List.of(
            TRANSACTION_VERSION
                + " is "
                + found
                + ", must be at least "
                + LEAST_TRANSACTION_VERSION
                + "; run: kafka-features upgrade --feature transaction.version="
                + LEAST_TRANSACTION_VERSION);
  }

  /** The role's own, and where a record is stamped. */
  private Set<Topic<?>> used() {
    Set<Topic<?>> used = new LinkedHashSet<>(topics);
    if (clock != null) {
      used.add(BrokerClock.TOPIC);
    }
    return used;
  }

  private List<String> offset(Clock ours) {
    Duration offset = BrokerClock.offset(bootstrapServers, ours);
    return isUnsafe(offset) ? List.of(clocksDiffer("Kafka's brokers", offset)) : List.of();
  }

  /** The sentence for two clocks that differ. */
  public static String clocksDiffer(String theirs, Duration offset) {
    return "this machine's clock is "
        + offset.abs().toSeconds()
        + " s "
        + (offset.isNegative() ? "ahead of" : "behind")
        + " that of "
        + theirs
        + ", at most "
        + LARGEST_CLOCK_OFFSET.toSeconds()
        + " s is safe; synchronise both by NTP";
  }

  /** Whether two clocks are so far apart that {@link #clocksDiffer} is to be said. */
  public static boolean isUnsafe(Duration offset) {
    return offset.abs().compareTo(LARGEST_CLOCK_OFFSET) > 0;
  }
}
