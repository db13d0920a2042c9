package io.paidonce.providers.alipay;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.paidonce.contract.Evidence;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.Rejection;
import io.paidonce.providers.StrictJson;
import io.paidonce.providers.UnreadableContentException;
import io.paidonce.providers.Verdict.Refused;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The one rule that answers are verified by. What it hands out are the very bytes that were
 * verified; the rest of the body is never read.
 */
final class AnswerCheck {

  private final AlipayKeys keys;

  AnswerCheck(AlipayKeys keys) {
    this.keys = keys;
  }

  /** What a check comes to. */
  sealed interface Checked {}

  /** Alipay signed this content. */
  record Good(JsonNode content, Evidence evidence) implements Checked {}

  /** Without any signature, as errors of the gateway itself are. */
  record Unsigned(JsonNode content) implements Checked {}

  /** A signature that fits nothing. */
  record Bad(Refused refused) implements Checked {}

  Checked check(RawBytes body, Instant receivedAt) throws UnreadableContentException {
    AnswerBody answer = AnswerBody.cut(body.bytes());
    String sign = answer.sign();
    byte[] content = answer.content().bytes();
    if (sign == null || sign.isBlank()) {
      return new Unsigned(read(content));
    }
    List<AlipayKeys.Key> candidates = keys.candidates(answer.certSn(), receivedAt);
    if (candidates.isEmpty()) {
      return new Bad(keys.unknown(answer.certSn()));
    }
    for (AlipayKeys.Key key : candidates) {
      if (key.verifies(sign, content)) {
        return good(content, key, body);
      }
      // Some of its gateways escape slashes only after signing. Read is what then was verified.
      byte[] unescaped = new String(content, UTF_8).replace("\\/", "/").getBytes(UTF_8);
      if (unescaped.length < content.length && key.verifies(sign, unescaped)) {
        return good(unescaped, key, body);
      }
    }
    return new Bad(
        new Refused(
            Rejection.SIGNATURE_MISMATCH,
            "the signature fits none of the "
                + candidates.size()
                + " Alipay keys it may be of and the answer's "
                + content.length
                + " signed bytes as received"));
  }

  private static Good good(byte[] content, AlipayKeys.Key key, RawBytes body)
      throws UnreadableContentException {
    return new Good(read(content), new Evidence(key.id(), Map.of(), body));
  }

  private static JsonNode read(byte[] content) throws UnreadableContentException {
    return StrictJson.object(content, "the answer's content");
  }
}
