package io.paidonce.reconciler.diff;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topic;
import io.paidonce.ledger.Wake;
import io.paidonce.reconciler.replay.Made;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a build makes of one record, as a line of JSON: the records that follow from it, and when
 * somebody must look at the order again. Two builds that decide alike write the same bytes.
 */
final class HistoryLine implements Made.Sink {

  private final ByteArrayOutputStream line = new ByteArrayOutputStream(2048);
  private boolean isFirst = true;

  HistoryLine(RecordCoordinates at, @Nullable String order) {
    TrafficLine.put(line, "{\"at\":\"" + at + "\"");
    if (order != null) {
      text("order", order);
    }
    TrafficLine.put(line, ",\"made\":[");
  }

  @Override
  public <V> void record(Topic<V> topic, V value, String eventId) {
    TrafficLine.put(line, (isFirst ? "" : ",") + "{\"topic\":\"" + topic.name() + "\"");
    isFirst = false;
    text("id", eventId);
    TrafficLine.put(line, ",\"value\":");
    TrafficLine.put(line, topic.json().write(value));
    TrafficLine.put(line, "}");
  }

  /** The line, with its end. */
  byte[] done(@Nullable Wake wake) {
    TrafficLine.put(line, "]");
    if (wake != null) {
      text("wake", wake.why() + " at " + wake.at());
    }
    return end();
  }

  /** The line of what was not folded, with the reason in one word. */
  byte[] without(String name, String reason) {
    TrafficLine.put(line, "]");
    text(name, reason);
    return end();
  }

  private byte[] end() {
    TrafficLine.put(line, "}\n");
    return line.toByteArray();
  }

  private void text(String name, String value) {
    TrafficLine.put(line, (",\"" + name + "\":\"").getBytes(UTF_8));
    TrafficLine.put(line, TrafficLine.quoted(value));
    TrafficLine.put(line, "\"");
  }
}
