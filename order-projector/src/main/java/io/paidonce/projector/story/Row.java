package io.paidonce.projector.story;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.RecordCoordinates;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One JSON object; what is absent is left out of it. */
record Row(ObjectNode node) {

  private static final JsonMapper JSON = new JsonMapper();

  Row() {
    this(JsonNodeFactory.instance.objectNode());
  }

  Row text(String name, @Nullable String value) {
    if (value != null) {
      node.put(name, value);
    }
    return this;
  }

  Row number(String name, @Nullable Long value) {
    if (value != null) {
      node.put(name, value);
    }
    return this;
  }

  Row time(String name, @Nullable Instant value) {
    return text(name, value == null ? null : Times.text(value));
  }

  /** What its own record writes as JSON. */
  Row record(String name, @Nullable Record value) {
    if (value != null) {
      node.set(name, JSON.valueToTree(value));
    }
    return this;
  }

  Row place(String name, RecordCoordinates at) {
    node.putObject(name)
        .put("topic", at.topic())
        .put("partition", at.partition())
        .put("offset", at.offset());
    return this;
  }
}
