package io.paidonce.projector;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Where the next page begins, for the caller to hand back: the key of the last row, signed together
 * with the question, so that nobody can begin elsewhere or take it to another question.
 */
final class PageTokens {

  private static final String ALGORITHM = "HmacSHA256";
  private static final JsonMapper JSON = new JsonMapper();

  private final SecretKeySpec key;

  PageTokens(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /**
   * A token.
   *
   * @param question all that must stay the same from page to page
   * @param last the key of the last row that was told
   */
  String of(String question, List<String> last) {
    byte[] payload = write(last);
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    return encoder.encodeToString(payload)
        + "."
        + encoder.encodeToString(signature(question, payload));
  }

  /**
   * The key in a token.
   *
   * @throws BadQuestionException if it is none of ours, or belongs to another question
   */
  List<String> read(String question, String token) {
    int dot = token.indexOf('.');
    if (dot < 0) {
      throw foreign();
    }
    try {
      byte[] payload = Base64.getUrlDecoder().decode(token.substring(0, dot));
      byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
      if (!MessageDigest.isEqual(signature, signature(question, payload))) {
        throw foreign();
      }
      List<String> last = new ArrayList<>();
      for (JsonNode part : JSON.readTree(payload)) {
        last.add(part.asText());
      }
      return last;
    } catch (IllegalArgumentException | IOException e) {
      throw foreign();
    }
  }

  private byte[] signature(String question, byte[] payload) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] asked = question.getBytes(UTF_8);
      // Its length first: or the end of one could be the beginning of the other.
      mac.update(Integer.toString(asked.length).getBytes(UTF_8));
      mac.update((byte) ':');
      mac.update(asked);
      return mac.doFinal(payload);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  private static byte[] write(List<String> last) {
    try {
      return JSON.writeValueAsBytes(last);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts are always JSON", e);
    }
  }

  private static BadQuestionException foreign() {
    return new BadQuestionException(
        Problem.badRequest(
                "page is none of ours, or belongs to another question",
                "Hand back what next said, with the same parameters, or leave page out to begin"
                    + " again.")
            .of("page"));
  }
}
