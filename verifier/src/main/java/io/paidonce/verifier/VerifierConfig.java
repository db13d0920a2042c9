package io.paidonce.verifier;

import static java.util.Objects.requireNonNull;

import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is checked, and with what.
 *
 * @param bootstrapServers the Kafka cluster
 * @param readStore the projector's database; absent where only topics are checked
 * @param accounts every account whose notifications are in the log: their keys verify them again
 * @param journal what a generator of load wrote down; absent where none did
 * @param streamsGroup the consumer group of dedup-streams, which is its application id
 * @param quiesceTimeout how long to wait until everything written is processed
 * @param startedAt our clock when the check began: what providers should have answered by then
 */
public record VerifierConfig(
    String bootstrapServers,
    @Nullable ReadStoreLogin readStore,
    List<AccountConfig> accounts,
    @Nullable Path journal,
    String streamsGroup,
    Duration quiesceTimeout,
    Instant startedAt) {

  /** The application id that dedup-streams has unless configured otherwise. */
  public static final String DEFAULT_STREAMS_GROUP = "paidonce-dedup-streams";

  public VerifierConfig {
    requireNonNull(bootstrapServers, "bootstrapServers");
    requireNonNull(streamsGroup, "streamsGroup");
    requireNonNull(quiesceTimeout, "quiesceTimeout");
    requireNonNull(startedAt, "startedAt");
    accounts = List.copyOf(accounts);
  }

  /** How the read store is reached; reading is enough. */
  public record ReadStoreLogin(String jdbcUrl, String user, Secret password) {}
}
