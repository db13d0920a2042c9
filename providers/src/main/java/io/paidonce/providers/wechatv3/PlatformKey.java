package io.paidonce.providers.wechatv3;

import io.paidonce.providers.AccountChecks;
import org.jspecify.annotations.Nullable;

/**
 * A key that WeChat Pay signs with.
 *
 * @param id {@code PUB_KEY_ID_…} of a public key; absent for a certificate, whose serial is in it
 * @param pem an X.509 certificate or a public key (SPKI), as PEM text
 */
public record PlatformKey(@Nullable String id, String pem) {

  public PlatformKey {
    pem = AccountChecks.orEmpty(pem);
  }

  /** Without the PEM text: someone may have pasted a private key. */
  @Override
  public String toString() {
    return "PlatformKey[id=" + id + "]";
  }
}
