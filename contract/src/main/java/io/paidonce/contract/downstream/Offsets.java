package io.paidonce.contract.downstream;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.TopicPartition;

/**
 * The table {@code paidonce_offsets}. Who claims a partition takes a new epoch, and only the newest
 * epoch can advance it: an instance that was paused while its partition moved on finds nothing to
 * update.
 */
final class Offsets {

  private static final String CLAIM =
      """
      UPDATE paidonce_offsets SET epoch = epoch + 1
      WHERE consumer = ? AND topic = ? AND partition = ?
      RETURNING next_offset, epoch
      """;

  private static final String CLAIM_NEW =
      """
      INSERT INTO paidonce_offsets AS o (consumer, topic, partition, next_offset, epoch)
      VALUES (?, ?, ?, ?, 1)
      ON CONFLICT (consumer, topic, partition) DO UPDATE SET epoch = o.epoch + 1
      RETURNING next_offset, epoch
      """;

  private static final String ADVANCE =
      """
      UPDATE paidonce_offsets SET next_offset = ?
      WHERE consumer = ? AND topic = ? AND partition = ? AND epoch = ?
      """;

  private final String consumer;

  Offsets(String consumer) {
    this.consumer = consumer;
  }

  /** Where to go on, and the right to. */
  record Claim(long nextOffset, long epoch) {}

  /**
   * Takes a partition over. Waits for a transaction of its former owner that is still open.
   *
   * @param start asked where to begin in a partition never seen
   */
  Claim claim(Connection connection, TopicPartition partition, ToLongFunction<TopicPartition> start)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(CLAIM)) {
      update.setString(1, consumer);
      update.setString(2, partition.topic());
      update.setInt(3, partition.partition());
      try (ResultSet known = update.executeQuery()) {
        if (known.next()) {
          return claimed(known);
        }
      }
    }
    try (PreparedStatement insert = connection.prepareStatement(CLAIM_NEW)) {
      insert.setString(1, consumer);
      insert.setString(2, partition.topic());
      insert.setInt(3, partition.partition());
      insert.setLong(4, start.applyAsLong(partition));
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return claimed(row);
      }
    }
  }

  private static Claim claimed(ResultSet row) throws SQLException {
    return new Claim(row.getLong(1), row.getLong(2));
  }

  /** Moves on; false where another instance has claimed the partition since. */
  boolean advance(Connection connection, TopicPartition partition, long epoch, long nextOffset)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(ADVANCE)) {
      update.setLong(1, nextOffset);
      update.setString(2, consumer);
      update.setString(3, partition.topic());
      update.setInt(4, partition.partition());
      update.setLong(5, epoch);
      return update.executeUpdate() == 1;
    }
  }
}
