package io.paidonce.reconciler.diff;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** The lines that say what a stream of lines is. */
final class Protocol {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Protocol() {}

  /**
   * Checks the first line of a build.
   *
   * @throws IOException naming what it is and what it should be
   */
  static void requireFold(byte[] line, String of) throws IOException {
    JsonNode fold = tree(line, of).path("fold");
    if (fold.asInt(-1) != FoldServer.PROTOCOL) {
      throw new IOException(
          of
              + " does not speak version "
              + FoldServer.PROTOCOL
              + " of the fold protocol, but "
              + (fold.isMissingNode() ? "something else" : "version " + fold));
    }
  }

  static JsonNode tree(byte[] line, String of) throws IOException {
    try {
      JsonNode tree = MAPPER.readTree(line);
      if (tree != null && tree.isObject()) {
        return tree;
      }
    } catch (JsonProcessingException e) {
      // Said below: the content may be anything, and is not quoted.
    }
    throw new IOException(of + " says something that is no JSON object");
  }
}
