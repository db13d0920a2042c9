package io.paidonce.providers.wechatv3;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.paidonce.contract.RawBytes;
import io.paidonce.providers.StrictBase64;
import io.paidonce.providers.StrictJson;
import io.paidonce.providers.UnreadableContentException;
import org.jspecify.annotations.Nullable;

/**
 * What stands around the encrypted resource of a notification.
 *
 * @param id the provider's id of the notification
 * @param eventType such as TRANSACTION.SUCCESS
 * @param originalType what the resource is, such as transaction
 * @param nonce the cipher's, 12 bytes
 * @param associatedData empty where absent
 * @param ciphertext with the tag at its end
 */
record Envelope(
    String id,
    String eventType,
    String originalType,
    RawBytes nonce,
    String associatedData,
    RawBytes ciphertext) {

  /** Of a body whose signature holds. */
  static Envelope read(byte[] body) throws UnreadableContentException {
    JsonNode envelope = StrictJson.object(body, "the body");
    JsonNode resource = StrictJson.object(envelope, "resource");
    if (!StrictJson.text(resource, "algorithm").equals(ContentCipher.ALGORITHM)) {
      throw new UnreadableContentException(
          "resource.algorithm is not " + ContentCipher.ALGORITHM + ", the one this account uses");
    }
    @Nullable String associatedData = StrictJson.optionalText(resource, "associated_data");
    return new Envelope(
        StrictJson.text(envelope, "id"),
        StrictJson.text(envelope, "event_type"),
        StrictJson.text(resource, "original_type"),
        RawBytes.of(nonce(resource)),
        associatedData == null ? "" : associatedData,
        RawBytes.of(ciphertext(resource)));
  }

  private static byte[] nonce(JsonNode resource) throws UnreadableContentException {
    byte[] nonce = StrictJson.text(resource, "nonce").getBytes(UTF_8);
    if (nonce.length != ContentCipher.NONCE_BYTES) {
      throw new UnreadableContentException(
          "resource.nonce is " + nonce.length + " bytes, not " + ContentCipher.NONCE_BYTES);
    }
    return nonce;
  }

  private static byte[] ciphertext(JsonNode resource) throws UnreadableContentException {
    byte[] ciphertext =
        StrictBase64.decode(StrictJson.text(resource, "ciphertext"))
            .orElseThrow(() -> new UnreadableContentException("resource.ciphertext is not Base64"));
    if (ciphertext.length < ContentCipher.TAG_BYTES) {
      throw new UnreadableContentException(
          "resource.ciphertext is "
              + ciphertext.length
              + " bytes, shorter than its tag of "
              + ContentCipher.TAG_BYTES);
    }
    return ciphertext;
  }
}
