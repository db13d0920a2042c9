package io.paidonce.reconciler.diff;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.RefundOutcome;
import java.security.GeneralSecurityException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Other names for ids: the same id has the same one everywhere, and nobody without the key finds
 * the id. An id made of others, such as {@code close/shop:order/wechat:1900000001}, is renamed
 * piece by piece, so that it is still made of them: the ledger builds such ids and recognises them.
 */
final class Pseudonyms {

  /** The shortest key, bytes. */
  static final int LEAST_KEY = 16;

  private static final String ALGORITHM = "HmacSHA256";
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int LENGTH = 12;

  // An instant, a record's coordinates, or a word between the signs that hold ids together.
  private static final Pattern PIECE =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z"
              + "|(?:order-inputs|order-commands|payment-notifications)-\\d+(?=@)"
              + "|[^:/@|]+");

  private static final Pattern PLAIN =
      Pattern.compile(
          // Numbers too short to be anybody's: attempts, revisions.
          "\\d{1,3}|\\d{4}-\\d\\d-\\d\\dT.*Z"
              + "|(?:order-inputs|order-commands|payment-notifications)-\\d+");

  private static final Set<String> WORDS = words();

  private final Mac mac;

  /** With a key; who has it can find out whether an id is in the file. */
  Pseudonyms(byte[] key) {
    if (key.length < LEAST_KEY) {
      throw new IllegalArgumentException(
          "the key of pseudonyms has " + key.length + " bytes; at least " + LEAST_KEY + " needed");
    }
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /** An id that may be made of others. */
  String id(String id) {
    Matcher pieces = PIECE.matcher(id);
    StringBuilder renamed = new StringBuilder();
    while (pieces.find()) {
      String piece = pieces.group();
      pieces.appendReplacement(
          renamed, Matcher.quoteReplacement(isPlain(piece) ? piece : name(piece)));
    }
    return pieces.appendTail(renamed).toString();
  }

  /** A text that somebody wrote. */
  String text(String text) {
    return name(text);
  }

  // What our own ids say beside the ids in them, and the networks that everybody knows.
  private static Set<String> words() {
    Set<String> words =
        new HashSet<>(
            List.of(
                "payment",
                "refund",
                "closed",
                "unsigned",
                "observed",
                "command",
                "deadline",
                "ask",
                "query",
                "close",
                "confirm",
                "out",
                "again",
                RefundFact.FULL,
                "wechat",
                "alipay"));
    for (ExceptionKind kind : ExceptionKind.values()) {
      words.add(kind.name());
    }
    for (RefundOutcome outcome : RefundOutcome.values()) {
      words.add(outcome.name());
    }
    return Set.copyOf(words);
  }

  private static boolean isPlain(String piece) {
    return WORDS.contains(piece) || PLAIN.matcher(piece).matches();
  }

  private String name(String of) {
    byte[] hash = mac.doFinal(of.getBytes(UTF_8));
    StringBuilder name = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      name.append(ALPHABET.charAt(hash[i] & 31));
    }
    return name.toString();
  }
}
