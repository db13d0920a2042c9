package io.paidonce.projector;

import io.paidonce.contract.Topic;
import io.paidonce.contract.UnreadableRecordException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** What the records of one topic become. */
interface TopicRows<V> {

  Topic<V> topic();

  /**
   * Reads one record.
   *
   * @throws UnreadableRecordException if it is none of this topic
   */
  default V read(Headers headers, byte @Nullable [] value) throws UnreadableRecordException {
    return topic().read(headers, value);
  }

  /**
   * Writes the rows of these records, in log order, in few statements. Applying records again, or
   * older ones after newer ones, changes nothing.
   *
   * @return the records that a unique key keeps out; a mere duplicate is none
   */
  List<Refusal> write(Connection connection, List<Read<V>> records) throws SQLException;

  /** Every topic the projector reads. */
  static List<TopicRows<?>> all() {
    return List.of(
        new OrderRows(),
        new PaidRows(),
        new CancelledRows(),
        new RefundedRows(),
        new ReceiptRows(),
        new CaseRows(),
        LogTables.commands(),
        LogTables.outcomes(),
        LogTables.deliveries(),
        LogTables.requests(),
        LogTables.deadLetters(),
        LogTables.redrives(),
        LogTables.rejections(),
        new GatewayRows());
  }
}
