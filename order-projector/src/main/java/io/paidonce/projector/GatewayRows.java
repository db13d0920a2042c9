package io.paidonce.projector;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.GatewayStatus;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * The rows of {@code gateway_status}: the newest record of each instance, whole. Newest is what
 * stands last in the log, since an instance's clock may go back.
 */
final class GatewayRows implements TopicRows<GatewayStatus> {

  private static final String UPSERT =
      """
      INSERT INTO gateway_status AS t (instance, log_partition, log_offset, at, running, status)
      SELECT instance, log_partition, log_offset, at, running, status::jsonb
      FROM unnest(?, ?, ?, ?, ?, ?)
          AS n (instance, log_partition, log_offset, at, running, status)
      ON CONFLICT (instance) DO UPDATE SET
          log_partition = excluded.log_partition, log_offset = excluded.log_offset,
          at = excluded.at, running = excluded.running, status = excluded.status
      WHERE excluded.log_offset > t.log_offset
      """;

  @Override
  public Topic<GatewayStatus> topic() {
    return Topics.GATEWAY_STATUS;
  }

  @Override
  public List<Refusal> write(Connection connection, List<Read<GatewayStatus>> records)
      throws SQLException {
    Newest<Read<GatewayStatus>> newest =
        new Newest<>(read -> read.value().instance(), read -> read.at().offset());
    records.forEach(newest::add);
    try (Bulk<Read<GatewayStatus>> bulk = new Bulk<>(connection, UPSERT, newest.rows())) {
      bulk.text(read -> read.value().instance())
          .integer(read -> read.at().partition())
          .bigint(read -> read.at().offset())
          .instant(read -> read.value().at())
          .bool(read -> read.value().running())
          .text(read -> new String(topic().json().write(read.value()), UTF_8))
          .update();
    }
    return List.of();
  }
}
