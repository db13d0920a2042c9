package io.paidonce.providers.wechatv3;

import io.paidonce.contract.RawBytes;
import java.util.Optional;

/**
 * The content of one body as somebody with the APIv3 key decrypted it. Without that key only its
 * length can be held against the ciphertext: the cipher adds its tag and nothing else.
 */
record KeptContent(Optional<RawBytes> content) implements ContentKeys {

  @Override
  public int keyCount() {
    return 0;
  }

  @Override
  public Optional<byte[]> decrypt(
      Suite suite, byte[] nonce, String associatedData, byte[] ciphertext) {
    return content
        .filter(plain -> plain.length() == ciphertext.length - ContentCipher.TAG_BYTES)
        .map(RawBytes::bytes);
  }
}
