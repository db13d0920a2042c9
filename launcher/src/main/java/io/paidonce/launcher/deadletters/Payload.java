package io.paidonce.launcher.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.RawBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a record or a body, for a person. Masked, only those fields are told that our
 * contract knows and that are about no person; a callback's body, an actor and anything unknown are
 * not.
 */
public final class Payload {

  private static final int BYTES_OF_A_LINE = 16;
  private static final int LONGEST_ID = 128;
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
  private static final Pattern KEY_OF_OURS = Pattern.compile("[!-~]+:[!-~]+");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private static final Set<String> TOLD =
      Set.of(
          "schema",
          "provider",
          "account",
          "protocol",
          "shop",
          "orderNo",
          "kind",
          "eventType",
          "notificationId",
          "deliveryId",
          "authentication",
          "witness",
          "receivedAt",
          "occurredAt",
          "issuedAt",
          "transactionId",
          "refundId",
          "merchantRefundNo",
          "outcome",
          "amountMinor",
          "amountDueMinor",
          "refundedTotalMinor",
          "transactionAmountMinor",
          "currency",
          "inputId",
          "commandId",
          "topic",
          "partition",
          "offset",
          "keyId");

  private Payload() {}

  static String key(@Nullable RawBytes raw, boolean full) {
    if (raw == null) {
      return "none";
    }
    String text = decoded(raw.bytes());
    if (full) {
      return text == null ? HEX.formatHex(raw.bytes()) : text;
    }
    return text != null && KEY_OF_OURS.matcher(text).matches()
        ? text
        : masked(raw.length(), "bytes");
  }

  /**
   * Its lines.
   *
   * @param full whether it is shown as it is, personal data included
   */
  public static List<String> lines(@Nullable RawBytes raw, boolean full) {
    if (raw == null) {
      return List.of("no value");
    }
    List<String> lines = new ArrayList<>();
    lines.add("value, " + raw.length() + " bytes" + (full ? ":" : ", personal data masked:"));
    lines.addAll(full ? whole(raw.bytes()) : told(raw.bytes()));
    return lines;
  }

  private static List<String> told(byte[] bytes) {
    try {
      JsonNode tree = JSON.readTree(bytes);
      if (tree instanceof ObjectNode) {
        return JSON.writerWithDefaultPrettyPrinter()
            .writeValueAsString(told(tree, false))
            .lines()
            .toList();
      }
    } catch (IOException notJson) {
      // Told below: what it is instead is not ours to guess.
    }
    return List.of("(not a JSON object, so all of it is masked; --full shows it)");
  }

  private static JsonNode told(JsonNode node, boolean known) {
    if (node instanceof ObjectNode object) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      object
          .properties()
          .forEach(
              field ->
                  copy.set(field.getKey(), told(field.getValue(), TOLD.contains(field.getKey()))));
      return copy;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      array.forEach(element -> copy.add(told(element, known)));
      return copy;
    }
    boolean tellable = node.isNull() || (known && node.asText().length() <= LONGEST_ID);
    return tellable
        ? node
        : JsonNodeFactory.instance.textNode(masked(node.asText().length(), "characters"));
  }

  private static String masked(int length, String unit) {
    return "(masked, " + length + " " + unit + ")";
  }

  private static List<String> whole(byte[] bytes) {
    String text = decoded(bytes);
    if (text != null) {
      return text.lines().toList();
    }
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < bytes.length; i += BYTES_OF_A_LINE) {
      int end = Math.min(i + BYTES_OF_A_LINE, bytes.length);
      lines.add(String.format(Locale.ROOT, "%06x  ", i) + HEX.formatHex(bytes, i, end));
    }
    return lines;
  }

  /** Null where it is no text that a terminal should be given: it may hold escape sequences. */
  private static @Nullable String decoded(byte[] bytes) {
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.chars().allMatch(c -> c == '\n' || c == '\t' || !Character.isISOControl(c))
          ? text
          : null;
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
