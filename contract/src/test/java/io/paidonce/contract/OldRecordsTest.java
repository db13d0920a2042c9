package io.paidonce.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What any earlier build wrote is read by this one: topics are kept for ever. */
class OldRecordsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<OldRecord<?>> oldRecords() {
    return OldRecord.all().stream();
  }

  static List<Samples.Sample<?>> samples() {
    return Samples.all();
  }

  @ParameterizedTest
  @MethodSource("oldRecords")
  <V> void anOldRecordIsReadAndStaysTheSameThroughThisBuild(OldRecord<V> old) throws Exception {
    assertThat(JSON.readTree(old.bytes()).path("schema").intValue()).isEqualTo(old.schema());
    V value = old.read();
    assertThat(old.topic().json().read(old.topic().json().write(value))).isEqualTo(value);
  }

  /**
   * A new schema needs a file before anything can be written with it. {@code
   * -Dpaidonce.render=true} writes it once, from the sample, for the newest schema only; an
   * existing file is never touched.
   */
  @ParameterizedTest
  @MethodSource("samples")
  void everySchemaOfARecordIsKeptAsAFile(Samples.Sample<?> sample) throws IOException {
    Class<?> type = sample.value().getClass();
    Path newest = OldRecord.file(type, sample.topic().schema());
    if (Boolean.getBoolean("paidonce.render") && !Files.exists(newest)) {
      ObjectNode record = (ObjectNode) JSON.readTree(sample.json());
      record.put("schema", sample.topic().schema());
      Files.createDirectories(newest.getParent());
      Files.writeString(
          newest, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(record) + "\n");
    }
    assertThat(IntStream.rangeClosed(1, sample.topic().schema()))
        .allSatisfy(schema -> assertThat(OldRecord.file(type, schema)).isRegularFile());
  }
}
