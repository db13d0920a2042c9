package io.paidonce.reconciler.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** In which fields two records differ, in words for a person. */
public final class FieldDifferences {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final int MOST = 8;
  private static final int LONGEST = 60;

  private FieldDifferences() {}

  /** The layout version that a record states; 0 where it states none. */
  public static int schema(byte[] json) {
    JsonNode tree = tree(json);
    return tree == null ? 0 : tree.path("schema").asInt(0);
  }

  /** How one field is said to differ. */
  public interface Words {
    String say(String path, String left, String right);
  }

  /** What differs; empty where only the writing does. */
  public static String of(byte[] fold, byte[] stored) {
    JsonNode left = tree(fold);
    JsonNode right = tree(stored);
    if (left == null || right == null) {
      return "it is no JSON";
    }
    List<String> found =
        list(
            left,
            right,
            false,
            (path, given, is) -> path + " is " + is + ", the fold gives " + given);
    return found.size() <= MOST
        ? String.join("; ", found)
        : String.join("; ", found.subList(0, MOST)) + "; and " + (found.size() - MOST) + " more";
  }

  /**
   * Each field that differs.
   *
   * @param isCommonOnly whether fields that only one of them has are passed over
   */
  public static List<String> list(
      JsonNode left, JsonNode right, boolean isCommonOnly, Words words) {
    List<String> found = new ArrayList<>();
    compare("", left, right, isCommonOnly, words, found);
    return found;
  }

  private static void compare(
      String path,
      JsonNode left,
      JsonNode right,
      boolean isCommonOnly,
      Words words,
      List<String> found) {
    if (left.equals(right)) {
      return;
    }
    if (left.isObject() && right.isObject()) {
      Set<String> names = new TreeSet<>();
      left.fieldNames().forEachRemaining(names::add);
      right.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        if (!isCommonOnly || (left.has(name) && right.has(name))) {
          compare(
              path.isEmpty() ? name : path + "." + name,
              left.path(name),
              right.path(name),
              isCommonOnly,
              words,
              found);
        }
      }
    } else if (left.isArray() && right.isArray() && left.size() == right.size()) {
      for (int i = 0; i < left.size(); i++) {
        compare(path + "[" + i + "]", left.get(i), right.get(i), isCommonOnly, words, found);
      }
    } else {
      found.add(words.say(path, text(left), text(right)));
    }
  }

  private static String text(JsonNode node) {
    String text = node.isMissingNode() ? "absent" : node.toString();
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  private static @Nullable JsonNode tree(byte[] json) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      return null;
    }
  }
}
