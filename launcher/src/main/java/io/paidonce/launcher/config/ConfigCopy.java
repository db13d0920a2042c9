package io.paidonce.launcher.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.paidonce.providers.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Copies a configuration with some settings changed. References to variables and files are copied
 * as references, so that a copy holds no secret that the original did not.
 */
public final class ConfigCopy {

  private static final String FILE = "file:";
  private static final YAMLMapper YAML = new YAMLMapper();

  private ConfigCopy() {}

  /**
   * Writes the copy; it may be anywhere, since relative paths are made absolute.
   *
   * @param source a file that {@link ConfigFile} has read
   * @param settings new values by place, such as {@code kafka.bootstrapServers}
   */
  public static void write(Path source, Path target, Map<String, String> settings)
      throws IOException {
    Problems problems = Problems.none();
    ObjectNode tree =
        YamlTree.parse(Files.readString(source), problems)
            .orElseThrow(() -> new InvalidConfigException(source, problems.lines()));
    ObjectNode copy = (ObjectNode) absolute(tree, source.toAbsolutePath());
    settings.forEach((place, value) -> set(copy, List.of(place.split("\\.")), value));
    Files.writeString(
        target, "# Written by quickstart; gone when it stops.\n" + YAML.writeValueAsString(copy));
  }

  private static JsonNode absolute(JsonNode node, Path source) {
    if (node instanceof ObjectNode object) {
      object.properties().forEach(field -> field.setValue(absolute(field.getValue(), source)));
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, absolute(array.get(i), source));
      }
    } else if (node.isTextual() && node.textValue().startsWith(FILE)) {
      String path = node.textValue().substring(FILE.length()).strip();
      // A path that begins with a variable is left to it.
      return path.startsWith("${") ? node : TextNode.valueOf(FILE + source.resolveSibling(path));
    }
    return node;
  }

  private static void set(ObjectNode tree, List<String> place, String value) {
    ObjectNode section = tree;
    for (String name : place.subList(0, place.size() - 1)) {
      section =
          section.get(name) instanceof ObjectNode existing ? existing : section.putObject(name);
    }
    section.put(place.get(place.size() - 1), value);
  }
}
