package io.paidonce.projector;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.paidonce.contract.ExceptionCase;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** The rows of {@code payment_exceptions}: the newest revision of each case. */
final class CaseRows implements TopicRows<ExceptionCase> {

  private static final String UPSERT =
      """
      INSERT INTO payment_exceptions AS t (exception_id, kind, shop, order_no, state, revision,
          suggested_action, evidence, opened_at, at, source_topic, source_partition, source_offset)
      SELECT exception_id, kind, shop, order_no, state, revision, suggested_action,
          evidence::jsonb, opened_at, at, source_topic, source_partition, source_offset
      FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          AS n (exception_id, kind, shop, order_no, state, revision, suggested_action, evidence,
              opened_at, at, source_topic, source_partition, source_offset)
      ON CONFLICT (exception_id) DO UPDATE SET
          kind = excluded.kind, shop = excluded.shop, order_no = excluded.order_no,
          state = excluded.state, revision = excluded.revision,
          suggested_action = excluded.suggested_action, evidence = excluded.evidence,
          opened_at = excluded.opened_at, at = excluded.at, source_topic = excluded.source_topic,
          source_partition = excluded.source_partition, source_offset = excluded.source_offset
      WHERE excluded.revision > t.revision
      """;

  private final JsonMapper json = new JsonMapper();

  @Override
  public Topic<ExceptionCase> topic() {
    return Topics.PAYMENT_EXCEPTIONS;
  }

  @Override
  public List<Refusal> write(Connection connection, List<Read<ExceptionCase>> records)
      throws SQLException {
    Newest<ExceptionCase> newest =
        new Newest<>(ExceptionCase::exceptionId, ExceptionCase::revision);
    records.forEach(record -> newest.add(record.value()));
    try (Bulk<ExceptionCase> bulk = new Bulk<>(connection, UPSERT, newest.rows())) {
      bulk.text(ExceptionCase::exceptionId)
          .text(c -> c.kind().name())
          .text(ExceptionCase::shop)
          .text(ExceptionCase::orderNo)
          .text(c -> c.state().name())
          .bigint(ExceptionCase::revision)
          .text(ExceptionCase::suggestedAction)
          .text(c -> write(c.evidence()))
          .instant(ExceptionCase::openedAt)
          .instant(ExceptionCase::at)
          .text(c -> c.source().topic())
          .integer(c -> c.source().partition())
          .bigint(c -> c.source().offset())
          .update();
    }
    return List.of();
  }

  private String write(Map<String, String> evidence) {
    try {
      return json.writeValueAsString(evidence);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of texts is always JSON", e);
    }
  }
}
