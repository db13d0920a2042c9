package io.paidonce.launcher.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.providers.Problems;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fills in what a configuration refers to: {@code ${NAME}} and {@code ${NAME:-default}} from the
 * environment, {@code file:path} by that file's text, and {@code vault:path#field} by what Vault
 * has there. So a secret never stands in the file.
 */
final class References {

  private static final String FILE = "file:";
  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}");
  private static final Pattern LAST_LINE_END = Pattern.compile("\\r?\\n\\z");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final long LARGEST_FILE_BYTES = 1 << 20;

  private final Path directory;
  private final Map<String, String> environment;
  private final FilesRead files;
  private final SecretSource vault;

  /**
   * @param directory what a relative path is relative to
   * @param files notes which files were looked for
   */
  References(Path directory, Map<String, String> environment, FilesRead files) {
    this(directory, environment, files, new VaultSecrets(environment, files));
  }

  References(Path directory, Map<String, String> environment, FilesRead files, SecretSource vault) {
    this.directory = directory;
    this.environment = environment;
    this.files = files;
    this.vault = vault;
  }

  /** The tree with every reference replaced; where one can't be, that is a problem and a gap. */
  JsonNode fillIn(JsonNode node, Problems problems) {
    if (node instanceof ObjectNode object) {
      ObjectNode filled = NODES.objectNode();
      object
          .properties()
          .forEach(
              field ->
                  filled.set(
                      field.getKey(), fillIn(field.getValue(), problems.in(field.getKey()))));
      return filled;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode filled = NODES.arrayNode();
      array.forEach(element -> filled.add(fillIn(element, problems.at(filled.size()))));
      return filled;
    }
    return node.isTextual() ? text(node.textValue(), problems) : node;
  }

  private JsonNode text(String written, Problems problems) {
    Optional<String> text = withVariables(written, problems);
    return text.flatMap(filled -> meant(filled, problems))
        .<JsonNode>map(NODES::textNode)
        .orElse(MissingNode.getInstance());
  }

  private Optional<String> meant(String filled, Problems problems) {
    if (filled.startsWith(FILE)) {
      return contentOf(filled.substring(FILE.length()).strip(), problems);
    }
    if (!filled.startsWith(VaultSecrets.PREFIX)) {
      return Optional.of(filled);
    }
    try {
      return Optional.of(vault.read(filled.substring(VaultSecrets.PREFIX.length()).strip()));
    } catch (NoSecretException e) {
      problems.add(e.sentence());
      return Optional.empty();
    }
  }

  private Optional<String> withVariables(String written, Problems problems) {
    StringBuilder filled = new StringBuilder();
    boolean complete = true;
    Matcher reference = VARIABLE.matcher(written);
    while (reference.find()) {
      Optional<String> value = variable(reference.group(1), reference.group(2), problems);
      complete &= value.isPresent();
      reference.appendReplacement(filled, Matcher.quoteReplacement(value.orElse("")));
    }
    reference.appendTail(filled);
    return complete ? Optional.of(filled.toString()) : Optional.empty();
  }

  private Optional<String> variable(String name, @Nullable String otherwise, Problems problems) {
    String value = environment.get(name);
    if (value != null && !value.isEmpty()) {
      return Optional.of(value);
    }
    if (otherwise == null) {
      problems.add("environment variable " + name + (value == null ? " is not set" : " is empty"));
    }
    return Optional.ofNullable(otherwise);
  }

  private Optional<String> contentOf(String written, Problems problems) {
    String problem;
    try {
      Path path = directory.resolve(written);
      files.reading(path);
      if (!Files.exists(path)) {
        problem = "does not exist";
      } else if (!Files.isRegularFile(path)) {
        problem = "is a directory or device, not a file";
      } else if (Files.size(path) > LARGEST_FILE_BYTES) {
        problem = "is larger than " + LARGEST_FILE_BYTES + " bytes; is it the right one?";
      } else {
        String content = Files.readString(path);
        if (!content.isBlank()) {
          return Optional.of(LAST_LINE_END.matcher(content).replaceFirst(""));
        }
        problem = "is empty";
      }
    } catch (InvalidPathException e) {
      problem = "is no path of this system";
    } catch (CharacterCodingException e) {
      problem = "is not UTF-8 text; a key must be PEM, not DER";
    } catch (IOException e) {
      problem = "can't be read; check its permissions";
    }
    problems.add("file " + written + " " + problem);
    return Optional.empty();
  }
}
