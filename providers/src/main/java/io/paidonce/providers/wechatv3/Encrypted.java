package io.paidonce.providers.wechatv3;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.paidonce.contract.RawBytes;
import io.paidonce.providers.StrictBase64;
import io.paidonce.providers.StrictJson;
import io.paidonce.providers.UnreadableContentException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A content that the provider encrypted: the resource of a notification, or a certificate.
 *
 * @param suite whose cipher it names
 * @param nonce the cipher's, 12 bytes
 * @param associatedData empty where absent
 * @param ciphertext with the tag at its end
 */
record Encrypted(Suite suite, RawBytes nonce, String associatedData, RawBytes ciphertext) {

  /**
   * Of a JSON object.
   *
   * @param name what it is called, for whoever reads why it can't be read
   */
  static Encrypted read(JsonNode object, String name) throws UnreadableContentException {
    Suite suite =
        Suite.ofContent(StrictJson.text(object, "algorithm"))
            .orElseThrow(
                () ->
                    new UnreadableContentException(
                        name
                            + ".algorithm is neither "
                            + Suite.RSA.contentAlgorithm()
                            + " nor "
                            + Suite.SM.contentAlgorithm()));
    @Nullable String associatedData = StrictJson.optionalText(object, "associated_data");
    return new Encrypted(
        suite,
        RawBytes.of(nonce(object, name)),
        associatedData == null ? "" : associatedData,
        RawBytes.of(ciphertext(object, name)));
  }

  /**
   * The same, of a message that a key of this suite signed.
   *
   * @param name what it is called, for whoever reads why it can't be read
   */
  Encrypted of(Suite signed, String name) throws UnreadableContentException {
    if (suite != signed) {
      throw new UnreadableContentException(
          name
              + ".algorithm is not "
              + signed.contentAlgorithm()
              + ", which goes with the key that signed it");
    }
    return this;
  }

  /** The plain bytes; empty where no key fits. */
  Optional<byte[]> decrypted(ContentKeys keys) {
    return keys.decrypt(suite, nonce.bytes(), associatedData, ciphertext.bytes());
  }

  private static byte[] nonce(JsonNode object, String name) throws UnreadableContentException {
    byte[] nonce = StrictJson.text(object, "nonce").getBytes(UTF_8);
    if (nonce.length != ContentCipher.NONCE_BYTES) {
      throw new UnreadableContentException(
          name + ".nonce is " + nonce.length + " bytes, not " + ContentCipher.NONCE_BYTES);
    }
    return nonce;
  }

  private static byte[] ciphertext(JsonNode object, String name) throws UnreadableContentException {
    byte[] ciphertext =
        StrictBase64.decode(StrictJson.text(object, "ciphertext"))
            .orElseThrow(() -> new UnreadableContentException(name + ".ciphertext is not Base64"));
    if (ciphertext.length < ContentCipher.TAG_BYTES) {
      throw new UnreadableContentException(
          name
              + ".ciphertext is "
              + ciphertext.length
              + " bytes, shorter than its tag of "
              + ContentCipher.TAG_BYTES);
    }
    return ciphertext;
  }
}
