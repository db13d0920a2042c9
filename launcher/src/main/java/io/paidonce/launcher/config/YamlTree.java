package io.paidonce.launcher.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.paidonce.providers.Problems;
import java.io.IOException;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Reads YAML into a tree in which every scalar is its text as written: the field it is bound to
 * decides what it means. YAML's own guess would make 83 of the account id 0123.
 */
final class YamlTree {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  // By default 3 million characters, which thousands of accounts with their keys outgrow.
  private static final int MOST_CHARACTERS = 64 << 20;

  private final YAMLParser parser;

  private YamlTree(YAMLParser parser) {
    this.parser = parser;
  }

  /** The tree; empty when the text is no YAML mapping, which is then among the problems. */
  static Optional<ObjectNode> parse(String yaml, Problems problems) {
    LoaderOptions limits = new LoaderOptions();
    limits.setCodePointLimit(MOST_CHARACTERS);
    YAMLFactory yamls =
        YAMLFactory.builder()
            .loaderOptions(limits)
            // A default of the factory that its builder does not have.
            .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
            .build();
    try (YAMLParser parser = yamls.createParser(yaml)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        problems.add(
            "the file holds no settings; it should be a YAML mapping with kafka, shops, …");
        return Optional.empty();
      }
      ObjectNode tree = new YamlTree(parser).object(problems);
      if (parser.nextToken() != null) {
        problems.add("the file holds a second YAML document (after a line ---); keep one");
      }
      return Optional.of(tree);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String place = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr();
      problems.add(place + ": no YAML: " + firstLine(e.getOriginalMessage()));
      return Optional.empty();
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory failed", e);
    }
  }

  private ObjectNode object(Problems problems) throws IOException {
    ObjectNode object = NODES.objectNode();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      int line = parser.currentTokenLocation().getLineNr();
      parser.nextToken();
      JsonNode value = value(problems.in(name));
      if (object.has(name)) {
        problems.in(name).add("given twice, again at line " + line + "; keep one");
      } else {
        object.set(name, value);
      }
    }
    return object;
  }

  private JsonNode value(Problems problems) throws IOException {
    if (parser.isCurrentAlias()) {
      problems.add("YAML aliases (*name) are not read here; write the value out");
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(problems);
      case START_ARRAY -> array(problems);
      case VALUE_NULL -> NODES.nullNode();
      default -> NODES.textNode(parser.getText());
    };
  }

  private ArrayNode array(Problems problems) throws IOException {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(problems.at(array.size())));
    }
    return array;
  }

  // What follows the first line quotes the file, which may hold a secret.
  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }
}
