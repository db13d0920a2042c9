package io.paidonce.projector;

import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.UnreadableRecordException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The readable records of one topic in a batch, with what they become. */
record Slice<V>(TopicRows<V> rows, List<Read<V>> records) {

  /** Parses records; those that can't be read are told of instead. */
  static <V> Slice<V> read(
      TopicRows<V> rows, Iterable<ConsumerRecord<byte[], byte[]>> records, List<Refusal> refusals) {
    List<Read<V>> read = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      RecordCoordinates at =
          new RecordCoordinates(record.topic(), record.partition(), record.offset());
      try {
        read.add(new Read<>(rows.read(record.headers(), record.value()), at));
      } catch (UnreadableRecordException e) {
        refusals.add(new Refusal(at, e.reason() + ": " + e.getMessage()));
      }
    }
    return new Slice<>(rows, read);
  }

  boolean isEmpty() {
    return records.isEmpty();
  }

  int size() {
    return records.size();
  }

  List<Refusal> write(Connection connection) throws SQLException {
    return records.isEmpty() ? List.of() : rows.write(connection, records);
  }

  /** Two halves, the older records first. */
  Stream<Slice<V>> halves() {
    int middle = records.size() / 2;
    return Stream.of(
        new Slice<>(rows, records.subList(0, middle)),
        new Slice<>(rows, records.subList(middle, records.size())));
  }
}
