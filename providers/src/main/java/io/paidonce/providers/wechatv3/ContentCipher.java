package io.paidonce.providers.wechatv3;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.providers.Secret;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AEAD_AES_256_GCM with the APIv3 key, whose text's bytes are the AES key; AEAD_SM4_GCM with one
 * that is derived from it.
 */
final class ContentCipher implements ContentKeys {

  static final int KEY_BYTES = 32;
  static final int NONCE_BYTES = 12;
  static final int TAG_BYTES = 16;

  private final List<SecretKeySpec> keys;
  private final List<Secret> secrets;

  /** Tries the keys in their order: while a key is being changed, both may be in use. */
  ContentCipher(List<Secret> apiV3Keys) {
    this.secrets = List.copyOf(apiV3Keys);
    this.keys = apiV3Keys.stream().map(key -> new SecretKeySpec(key.revealBytes(), "AES")).toList();
  }

  @Override
  public int keyCount() {
    return keys.size();
  }

  @Override
  public Optional<byte[]> decrypt(
      Suite suite, byte[] nonce, String associatedData, byte[] ciphertext) {
    return switch (suite) {
      case RSA -> decryptAes(nonce, associatedData, ciphertext);
      case SM -> decryptSm4(nonce, associatedData, ciphertext);
    };
  }

  /** With the first key. */
  byte[] encrypt(Suite suite, byte[] nonce, String associatedData, byte[] plain) {
    return switch (suite) {
      case RSA -> encryptAes(nonce, associatedData, plain);
      case SM ->
          Sm4Gcm.encrypt(Sm4Gcm.key(secrets.get(0).revealBytes()), nonce, associatedData, plain);
    };
  }

  private Optional<byte[]> decryptSm4(byte[] nonce, String associatedData, byte[] ciphertext) {
    return secrets.stream()
        .map(
            secret ->
                Sm4Gcm.decrypt(Sm4Gcm.key(secret.revealBytes()), nonce, associatedData, ciphertext))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<byte[]> decryptAes(byte[] nonce, String associatedData, byte[] ciphertext) {
    for (SecretKeySpec key : keys) {
      try {
        return Optional.of(run(Cipher.DECRYPT_MODE, key, nonce, associatedData, ciphertext));
      } catch (AEADBadTagException e) {
        // The next key may fit.
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("this JVM can't decrypt AES-GCM", e);
      }
    }
    return Optional.empty();
  }

  private byte[] encryptAes(byte[] nonce, String associatedData, byte[] plain) {
    try {
      return run(Cipher.ENCRYPT_MODE, keys.get(0), nonce, associatedData, plain);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM can't encrypt AES-GCM", e);
    }
  }

  private static byte[] run(
      int mode, SecretKeySpec key, byte[] nonce, String associatedData, byte[] input)
      throws GeneralSecurityException {
    Cipher aes = Cipher.getInstance("AES/GCM/NoPadding");
    aes.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
    aes.updateAAD(associatedData.getBytes(UTF_8));
    return aes.doFinal(input);
  }
}
