package io.paidonce.reconciler.replay;

import static java.util.Objects.requireNonNull;

import io.paidonce.providers.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is read, and with what.
 *
 * @param bootstrapServers the Kafka cluster; READ on its topics is enough
 * @param streamsGroup the consumer group of dedup-streams: how far it has come is asked where
 *     something is not written yet, if that may be asked
 * @param readStore the projector's database; absent where only topics are compared
 * @param patience how long is waited for what live traffic has not written yet
 * @param threads how many partitions are folded side by side
 */
public record ReplayConfig(
    String bootstrapServers,
    String streamsGroup,
    @Nullable ReadStoreLogin readStore,
    Duration patience,
    int threads) {

  public ReplayConfig {
    requireNonNull(bootstrapServers, "bootstrapServers");
    requireNonNull(streamsGroup, "streamsGroup");
    requireNonNull(patience, "patience");
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be 1 or more: " + threads);
    }
  }

  /** How the read store is reached; reading is enough. */
  public record ReadStoreLogin(String jdbcUrl, String user, Secret password) {}
}
