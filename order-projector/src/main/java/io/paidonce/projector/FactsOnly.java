package io.paidonce.projector;

import io.paidonce.contract.Topic;
import io.paidonce.contract.UnreadableRecordException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Rows of records whose raw bytes are not decoded, since no column holds them. */
record FactsOnly<V>(TopicRows<V> rows) implements TopicRows<V> {

  @Override
  public Topic<V> topic() {
    return rows.topic();
  }

  @Override
  public V read(Headers headers, byte @Nullable [] value) throws UnreadableRecordException {
    return topic().readFacts(headers, value);
  }

  @Override
  public List<Refusal> write(Connection connection, List<Read<V>> records) throws SQLException {
    return rows.write(connection, records);
  }
}
