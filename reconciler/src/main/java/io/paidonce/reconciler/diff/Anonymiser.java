package io.paidonce.reconciler.diff;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnreadableRecordException;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Records without what points at a person or a merchant. Only fields that this build knows pass; of
 * them kinds, times, amounts and currencies as they are, since rules go by them, and every other
 * text as a pseudonym. What a provider sent, and the headers, are left out.
 */
final class Anonymiser {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  // What rules go by and nobody is known by; a field that is added later is renamed until it is
  // named here.
  private static final Set<String> PLAIN =
      Set.of(
          "kind",
          "status",
          "outcome",
          "answer",
          "witness",
          "authentication",
          "currency",
          "protocol",
          "eventType",
          "topic",
          "receivedAt",
          "occurredAt",
          "issuedAt",
          "payBy",
          "onDeadline",
          "latePayment",
          "doublePayment");
  private static final Set<String> TEXTS = Set.of("actor", "reason", "detail");
  private static final String EVIDENCE = "evidence";

  private final Pseudonyms pseudonyms;

  Anonymiser(Pseudonyms pseudonyms) {
    this.pseudonyms = pseudonyms;
  }

  /** The same record under other names; null where this build can't read it. */
  @Nullable ConsumerRecord<byte[], byte[]> of(ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(Topics.PAYMENT_NOTIFICATIONS.name())) {
      return of(record, Topics.PAYMENT_NOTIFICATIONS, PaymentNotification::key);
    } else if (record.topic().equals(Topics.ORDER_COMMANDS.name())) {
      return of(record, Topics.ORDER_COMMANDS, command -> command.order().toString());
    } else if (record.topic().equals(Topics.ORDER_INPUTS.name())) {
      return of(record, Topics.ORDER_INPUTS, input -> input.order().toString());
    }
    throw new IllegalArgumentException("nothing is kept of " + record.topic());
  }

  private <V> @Nullable ConsumerRecord<byte[], byte[]> of(
      ConsumerRecord<byte[], byte[]> record, Topic<V> topic, Function<V, String> key) {
    if (record.value() == null) {
      return null;
    }
    V was;
    try {
      was = topic.json().read(record.value());
    } catch (UnreadableRecordException e) {
      return null;
    }
    try {
      // Written by this build, it holds the fields that this build knows and no others.
      JsonNode tree = MAPPER.readTree(topic.json().write(was));
      byte[] value = MAPPER.writeValueAsBytes(renamed("", tree));
      V is = topic.json().read(value);
      return TrafficLine.record(
          new TopicPartition(record.topic(), record.partition()),
          record.offset(),
          record.timestamp(),
          key.apply(is).getBytes(UTF_8),
          topic.json().write(is));
    } catch (IOException | UnreadableRecordException e) {
      throw new IllegalStateException(
          record.topic()
              + "-"
              + record.partition()
              + "@"
              + record.offset()
              + " can't be read any more under other names: "
              + e.getMessage(),
          e);
    }
  }

  private JsonNode renamed(String field, JsonNode node) {
    if (node.isTextual()) {
      String text = node.asText();
      return PLAIN.contains(field)
          ? node
          : TextNode.valueOf(TEXTS.contains(field) ? pseudonyms.text(text) : pseudonyms.id(text));
    } else if (node.isArray()) {
      ArrayNode array = MAPPER.createArrayNode();
      node.forEach(each -> array.add(renamed(field, each)));
      return array;
    } else if (node.isObject() && field.equals(EVIDENCE)) {
      ObjectNode evidence = MAPPER.createObjectNode();
      evidence.put("keyId", "left out");
      evidence.putObject("headers");
      evidence.put("body", "");
      return evidence;
    } else if (node.isObject()) {
      ObjectNode object = MAPPER.createObjectNode();
      for (Map.Entry<String, JsonNode> each : node.properties()) {
        object.set(each.getKey(), renamed(each.getKey(), each.getValue()));
      }
      return object;
    }
    return node;
  }
}
