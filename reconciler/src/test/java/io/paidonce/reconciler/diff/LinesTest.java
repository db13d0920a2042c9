package io.paidonce.reconciler.diff;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LinesTest {

  private static final TopicPartition PARTITION = new TopicPartition("order-commands", 3);

  @Test
  void aLineIsReadWhereverTheBufferEnds() throws IOException {
    byte[] longOne = new byte[200_000];
    Arrays.fill(longOne, (byte) 'x');
    byte[] bytes = (new String(longOne, UTF_8) + "\n\nshort\nlast").getBytes(UTF_8);
    Lines lines = new Lines(new ByteArrayInputStream(bytes));
    assertThat(lines.next()).isEqualTo(longOne);
    assertThat(lines.next()).isEmpty();
    assertThat(lines.next()).asString().isEqualTo("short");
    assertThat(lines.next()).asString().isEqualTo("last");
    assertThat(lines.next()).isNull();
  }

  @Test
  void aLineWithoutEndFillsNoMemory() {
    Lines lines = new Lines(new ByteArrayInputStream(new byte[Lines.LONGEST + 100_000]));
    assertThatThrownBy(lines::next).isInstanceOf(IOException.class).hasMessageContaining("line 1");
  }

  @Test
  void everyRecordComesBackAsItWas() throws IOException {
    comesBack("s:o".getBytes(UTF_8), "{\n  \"a\": \"\\u0000 雪 \\\"\"}".getBytes(UTF_8));
    comesBack(new byte[] {(byte) 0xff, 0, '\n'}, new byte[] {(byte) 0xc3, '(', '"'});
    comesBack(null, null);
    comesBack(new byte[0], new byte[0]);
  }

  private static void comesBack(byte @Nullable [] key, byte @Nullable [] value) throws IOException {
    byte[] line = TrafficLine.of(TrafficLine.record(PARTITION, 17, 42, key, value));
    assertThat(line).endsWith((byte) '\n').containsOnlyOnce((byte) '\n');
    ConsumerRecord<byte[], byte[]> back = TrafficLine.parse(line).record();
    assertThat(back).isNotNull();
    assertThat(back.topic() + "-" + back.partition() + "@" + back.offset())
        .isEqualTo("order-commands-3@17");
    assertThat(back.timestamp()).isEqualTo(42);
    assertThat(back.key()).isEqualTo(key);
    assertThat(back.value()).isEqualTo(value);
  }

  @Test
  void whatMayBeForgottenIsSaid() throws IOException {
    TrafficLine all = TrafficLine.parse(TrafficLine.forget(PARTITION, null));
    assertThat(all.forgotten()).isEqualTo(PARTITION);
    assertThat(all.key()).isNull();
    assertThat(TrafficLine.parse(TrafficLine.forget(PARTITION, "s:o")).key()).isEqualTo("s:o");
  }

  @Test
  void whatIsNoLineOfTrafficIsRefusedWithTheReason() {
    refused("[]", "is a JSON object");
    refused("{\"topic\":\"order-inputs\"}", "topic and partition are missing");
    refused("{\"topic\":\"order-inputs\",\"partition\":1}", "offset and timestamp are missing");
    refused("{\"topic\":", "no line of traffic");
  }

  private static void refused(String line, String why) {
    assertThatThrownBy(() -> TrafficLine.parse(line.getBytes(UTF_8)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(why);
  }
}
