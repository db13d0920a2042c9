package io.paidonce.projector;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** The table {@code projector_offsets}: the only memory of how far the projection has come. */
final class Offsets {

  private static final String INSERT_MISSING =
      """
      INSERT INTO projector_offsets (topic, partition, next_offset)
      SELECT topic, partition, 0 FROM unnest(?, ?) AS n (topic, partition)
      ON CONFLICT DO NOTHING
      """;

  private static final String READ =
      """
      SELECT o.topic, o.partition, o.next_offset
      FROM projector_offsets o JOIN unnest(?, ?) AS n (topic, partition)
          ON (o.topic, o.partition) = (n.topic, n.partition)
      """;

  private static final String ADVANCE =
      """
      UPDATE projector_offsets o SET next_offset = n.next
      FROM unnest(?, ?, ?, ?) AS n (topic, partition, expected, next)
      WHERE (o.topic, o.partition, o.next_offset) = (n.topic, n.partition, n.expected)
      """;

  /** Reads where to go on, 0 for a partition never seen. */
  Map<TopicPartition, Long> read(Connection connection, Collection<TopicPartition> partitions)
      throws SQLException {
    List<TopicPartition> rows = List.copyOf(partitions);
    try (Bulk<TopicPartition> insert = new Bulk<>(connection, INSERT_MISSING, rows)) {
      insert.text(TopicPartition::topic).integer(TopicPartition::partition).update();
    }
    connection.commit();
    Map<TopicPartition, Long> offsets = new HashMap<>();
    try (Bulk<TopicPartition> query = new Bulk<>(connection, READ, rows);
        ResultSet result =
            query
                .text(TopicPartition::topic)
                .integer(TopicPartition::partition)
                .statement()
                .executeQuery()) {
      while (result.next()) {
        offsets.put(new TopicPartition(result.getString(1), result.getInt(2)), result.getLong(3));
      }
    }
    connection.commit();
    return offsets;
  }

  /**
   * Moves every partition, or says that one of them is no longer where the caller knew it. Holds
   * the rows' locks until the transaction ends, so that two writers of a partition go one by one.
   */
  boolean advance(Connection connection, List<Advance> advances) throws SQLException {
    try (Bulk<Advance> update = new Bulk<>(connection, ADVANCE, advances)) {
      return update
              .text(a -> a.partition().topic())
              .integer(a -> a.partition().partition())
              .bigint(Advance::expected)
              .bigint(Advance::next)
              .update()
          == advances.size();
    }
  }
}
