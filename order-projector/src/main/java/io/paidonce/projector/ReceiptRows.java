package io.paidonce.projector;

import io.paidonce.contract.NotificationReceipt;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.Witness;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** The rows of {@code notification_receipts}: the newest revision of each notification. */
final class ReceiptRows implements TopicRows<NotificationReceipt> {

  // unnest flattens arrays of arrays, so the two lists travel as PostgreSQL array literals.
  private static final String UPSERT =
      """
      INSERT INTO notification_receipts AS t (identity, shop, order_no, fingerprint, deliveries,
          conflicts, first_received_at, last_received_at, witnesses, key_ids, first_topic,
          first_partition, first_offset, revision)
      SELECT identity, shop, order_no, fingerprint, deliveries, conflicts, first_received_at,
          last_received_at, witnesses::text[], key_ids::text[], first_topic, first_partition,
          first_offset, revision
      FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          AS n (identity, shop, order_no, fingerprint, deliveries, conflicts, first_received_at,
              last_received_at, witnesses, key_ids, first_topic, first_partition, first_offset,
              revision)
      ON CONFLICT (identity) DO UPDATE SET
          shop = excluded.shop, order_no = excluded.order_no, fingerprint = excluded.fingerprint,
          deliveries = excluded.deliveries, conflicts = excluded.conflicts,
          first_received_at = excluded.first_received_at,
          last_received_at = excluded.last_received_at, witnesses = excluded.witnesses,
          key_ids = excluded.key_ids, first_topic = excluded.first_topic,
          first_partition = excluded.first_partition, first_offset = excluded.first_offset,
          revision = excluded.revision
      WHERE excluded.revision > t.revision
      """;

  @Override
  public Topic<NotificationReceipt> topic() {
    return Topics.NOTIFICATION_RECEIPTS;
  }

  @Override
  public List<Refusal> write(Connection connection, List<Read<NotificationReceipt>> records)
      throws SQLException {
    Newest<NotificationReceipt> newest =
        new Newest<>(NotificationReceipt::identity, NotificationReceipt::revision);
    records.forEach(record -> newest.add(record.value()));
    try (Bulk<NotificationReceipt> bulk = new Bulk<>(connection, UPSERT, newest.rows())) {
      bulk.text(NotificationReceipt::identity)
          .text(NotificationReceipt::shop)
          .text(NotificationReceipt::orderNo)
          .text(NotificationReceipt::fingerprint)
          .bigint(NotificationReceipt::deliveries)
          .bigint(NotificationReceipt::conflicts)
          .instant(NotificationReceipt::firstReceivedAt)
          .instant(NotificationReceipt::lastReceivedAt)
          .text(r -> literal(r.witnesses().stream().map(Witness::name).toList()))
          .text(r -> literal(r.keyIds()))
          .text(r -> r.first().topic())
          .integer(r -> r.first().partition())
          .bigint(r -> r.first().offset())
          .bigint(NotificationReceipt::revision)
          .update();
    }
    return List.of();
  }

  private static String literal(List<String> elements) {
    return elements.stream()
        .map(element -> '"' + element.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
        .collect(Collectors.joining(",", "{", "}"));
  }
}
