package io.paidonce.projector;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.DeadLetter;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whose order a dead letter is about, where its record was keyed by order. */
final class LetterOrder {

  private static final Set<String> BY_ORDER =
      Topics.all().stream()
          .filter(topic -> topic.key().equals(Topics.ORDER_COMMANDS.key()))
          .map(Topic::name)
          .collect(Collectors.toUnmodifiableSet());

  private LetterOrder() {}

  static Optional<OrderKey> of(DeadLetter letter) {
    RawBytes key = letter.key();
    return key == null || !BY_ORDER.contains(letter.origin())
        ? Optional.empty()
        : parse(key.bytes());
  }

  // Anybody may have written it: what is no key of ours belongs to nobody.
  private static Optional<OrderKey> parse(byte[] key) {
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString();
      return text.indexOf('\0') >= 0 ? Optional.empty() : Optional.of(OrderKey.parse(text));
    } catch (CharacterCodingException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
