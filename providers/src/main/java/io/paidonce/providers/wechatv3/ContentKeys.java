package io.paidonce.providers.wechatv3;

import java.util.Optional;

/** Whoever can say what an encrypted content says. */
interface ContentKeys {

  /** How many keys are tried. */
  int keyCount();

  /** The plain bytes; empty where no key fits. */
  Optional<byte[]> decrypt(Suite suite, byte[] nonce, String associatedData, byte[] ciphertext);
}
