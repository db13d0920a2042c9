package io.paidonce.providers.wechatv3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/** AEAD_SM4_GCM: the SM4 key is the first half of the SM3 digest of the APIv3 key's bytes. */
final class Sm4Gcm {

  private static final int KEY_BYTES = 16;

  private Sm4Gcm() {}

  static byte[] key(byte[] apiV3Key) {
    SM3Digest sm3 = new SM3Digest();
    sm3.update(apiV3Key, 0, apiV3Key.length);
    byte[] digest = new byte[sm3.getDigestSize()];
    sm3.doFinal(digest, 0);
    return Arrays.copyOf(digest, KEY_BYTES);
  }

  /** The plain bytes; empty where the tag does not fit. */
  static Optional<byte[]> decrypt(
      byte[] key, byte[] nonce, String associatedData, byte[] ciphertext) {
    try {
      return Optional.of(run(false, key, nonce, associatedData, ciphertext));
    } catch (InvalidCipherTextException e) {
      return Optional.empty();
    }
  }

  static byte[] encrypt(byte[] key, byte[] nonce, String associatedData, byte[] plain) {
    try {
      return run(true, key, nonce, associatedData, plain);
    } catch (InvalidCipherTextException e) {
      throw new IllegalStateException("encrypting checks no tag", e);
    }
  }

  private static byte[] run(
      boolean encrypting, byte[] key, byte[] nonce, String associatedData, byte[] input)
      throws InvalidCipherTextException {
    GCMModeCipher gcm = GCMBlockCipher.newInstance(new SM4Engine());
    gcm.init(
        encrypting,
        new AEADParameters(
            new KeyParameter(key),
            ContentCipher.TAG_BYTES * 8,
            nonce,
            associatedData.getBytes(UTF_8)));
    byte[] output = new byte[gcm.getOutputSize(input.length)];
    int written = gcm.processBytes(input, 0, input.length, output, 0);
    gcm.doFinal(output, written);
    return output;
  }
}
