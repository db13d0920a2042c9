package io.paidonce.providers;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.RawBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PEM block.
 *
 * @param label what the block says it is, such as {@code PUBLIC KEY}
 * @param der its bytes
 */
public record PemText(String label, RawBytes der) {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,64})-----([^-]*)-----END ([A-Z0-9 ]{1,64})-----");
  private static final Pattern WHITESPACE = Pattern.compile("\\s+");

  public PemText {
    requireNonNull(label, "label");
    requireNonNull(der, "der");
  }

  /** Empty unless the text is exactly one whole block. */
  public static Optional<PemText> single(String text) {
    Matcher block = BLOCK.matcher(text.strip());
    if (!block.matches() || !block.group(1).equals(block.group(3))) {
      return Optional.empty();
    }
    String label = block.group(1);
    return StrictBase64.decode(withoutWhitespace(block.group(2)))
        .map(der -> new PemText(label, RawBytes.of(der)));
  }

  /** All blocks of a text; empty unless it is one or more whole blocks and white space. */
  public static List<PemText> all(String text) {
    List<PemText> blocks = new ArrayList<>();
    Matcher block = BLOCK.matcher(text);
    int end = 0;
    while (block.find()) {
      Optional<PemText> one = single(block.group());
      if (one.isEmpty() || !text.substring(end, block.start()).isBlank()) {
        return List.of();
      }
      blocks.add(one.get());
      end = block.end();
    }
    return text.substring(end).isBlank() ? List.copyOf(blocks) : List.of();
  }

  static String withoutWhitespace(String text) {
    return WHITESPACE.matcher(text).replaceAll("");
  }
}
