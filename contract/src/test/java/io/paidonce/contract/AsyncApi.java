package io.paidonce.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The AsyncAPI 3.0 document of all topics, from their declarations. Headers are read off a record
 * that a topic makes, so that they are what is really sent.
 */
final class AsyncApi {

  /** Headers of the same value in every record of a topic. */
  private static final Set<String> CONSTANT =
      Set.of(
          EventHeaders.SPEC_VERSION,
          EventHeaders.TYPE,
          EventHeaders.CONTENT_TYPE,
          EventHeaders.TOPIC);

  private static final Map<String, String> MEANING =
      Map.of(
          EventHeaders.ID,
          "The event's id: the same for every reading and every replay of it.",
          EventHeaders.SOURCE,
          "Which service wrote it.",
          EventHeaders.TIME,
          "Our clock when its cause was received, RFC 3339 in UTC.",
          EventHeaders.TRACEPARENT,
          "W3C trace context; absent where there is none.",
          EventHeaders.PAYLOAD_SHA256,
          "Hex SHA-256 of the value.");

  private final ObjectNode document = JsonNodeFactory.instance.objectNode();

  private AsyncApi() {}

  static String of(List<Samples.Sample<?>> samples) {
    AsyncApi api = new AsyncApi();
    api.document.put("asyncapi", "3.0.0");
    ObjectNode info = api.document.putObject("info");
    info.put("title", "PaidOnce");
    info.put("version", "0.1.0");
    info.put(
        "description",
        "Every topic of PaidOnce. Read with isolation.level=read_committed. Rendered from"
            + " io.paidonce.contract.Topics; a test compares it.");
    info.putObject("license").put("name", "Apache-2.0");
    api.document.put("defaultContentType", "application/json");
    api.document.putObject("channels");
    api.document.putObject("operations");
    api.document.putObject("components").putObject("messages");
    samples.forEach(api::add);
    try {
      return YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .build()
          .writeValueAsString(api.document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private <V> void add(Samples.Sample<V> sample) {
    Topic<V> topic = sample.topic();
    String message = sample.value().getClass().getSimpleName();
    channel(topic, message);
    operation(topic);
    message(sample, message);
  }

  private void channel(Topic<?> topic, String message) {
    ObjectNode channel = document.withObject("/channels").putObject(topic.name());
    channel.put("address", topic.name());
    channel.put("description", topic.about());
    channel
        .putObject("messages")
        .putObject(message)
        .put("$ref", "#/components/messages/" + message);
    Map<String, String> settings = topic.settings(2);
    ObjectNode kafka = channel.putObject("bindings").putObject("kafka");
    kafka.put("topic", topic.name());
    kafka.put("partitions", topic.partitions());
    ObjectNode configuration = kafka.putObject("topicConfiguration");
    configuration.putArray("cleanup.policy").add(settings.get("cleanup.policy"));
    configuration.put("retention.ms", Long.parseLong(settings.get("retention.ms")));
    configuration.put("max.message.bytes", topic.maxMessageBytes());
    kafka.put("bindingVersion", "0.5.0");
    channel.put("x-kept", topic.kept().name());
    channel.put("x-flushed", topic.flush().name());
    channel.put("x-writers", topic.writers().name());
  }

  // As AsyncAPI 3 means it: what the described application does with the channel.
  private void operation(Topic<?> topic) {
    boolean ours = topic.writers() == Topic.Writers.OURS;
    ObjectNode operation =
        document.withObject("/operations").putObject((ours ? "send-" : "receive-") + topic.name());
    operation.put("action", ours ? "send" : "receive");
    operation.putObject("channel").put("$ref", "#/channels/" + topic.name());
    operation.put(
        "summary",
        ours
            ? "Written by PaidOnce's services only; headers "
                + EventHeaders.TOPIC
                + " and "
                + EventHeaders.PAYLOAD_SHA256
                + " are required."
            : "Written by order services as well; those headers are checked where present.");
  }

  private <V> void message(Samples.Sample<V> sample, String name) {
    Topic<V> topic = sample.topic();
    ObjectNode message = document.withObject("/components/messages").putObject(name);
    message.put("name", topic.eventType());
    message.put("title", name);
    message.put("summary", topic.about());
    message.put("contentType", "application/json");
    message.set("headers", headers(sample));
    message.putObject("payload").put("$ref", "./schemas/" + name + ".json");
    ObjectNode kafka = message.putObject("bindings").putObject("kafka");
    kafka.putObject("key").put("type", "string").put("description", topic.key() + ", UTF-8");
    kafka.put("bindingVersion", "0.5.0");
  }

  private static <V> ObjectNode headers(Samples.Sample<V> sample) {
    Headers always = sample.record(null).headers();
    Headers most = sample.record("00-0-0-01").headers();
    Set<String> required = new TreeSet<>();
    if (sample.topic().writers() == Topic.Writers.OURS) {
      always.forEach(header -> required.add(header.key()));
    }
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    for (Header header : most) {
      ObjectNode property = properties.putObject(header.key()).put("type", "string");
      if (CONSTANT.contains(header.key())) {
        property.put("const", new String(header.value(), UTF_8));
      }
      if (MEANING.containsKey(header.key())) {
        property.put("description", MEANING.get(header.key()));
      }
    }
    required.forEach(schema.withArray("required")::add);
    return schema;
  }
}
