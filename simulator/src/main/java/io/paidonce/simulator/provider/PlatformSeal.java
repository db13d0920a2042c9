package io.paidonce.simulator.provider;

import static java.util.Objects.requireNonNull;

import io.paidonce.providers.PemText;
import io.paidonce.providers.Problems;
import io.paidonce.providers.ProviderKeys;
import io.paidonce.providers.wechatv3.WechatV3Signer;
import java.security.cert.X509Certificate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A key that WeChat Pay signs with: a platform certificate, which it also hands out, or a public
 * key, which merchants copy from its console.
 *
 * @param keyId the serial or {@code PUB_KEY_ID_…}, which the signer writes too
 * @param signer signs with it, for one merchant
 * @param certificate absent of a public key
 * @param pem the certificate's text; empty of a public key
 */
public record PlatformSeal(
    String keyId, WechatV3Signer signer, @Nullable X509Certificate certificate, String pem) {

  public PlatformSeal {
    requireNonNull(keyId, "keyId");
    requireNonNull(signer, "signer");
    requireNonNull(pem, "pem");
  }

  /** Of a public key. */
  public static PlatformSeal publicKey(String keyId, WechatV3Signer signer) {
    return new PlatformSeal(keyId, signer, null, "");
  }

  /**
   * Of a platform certificate.
   *
   * @param signer must write the certificate's serial, in upper case
   */
  public static PlatformSeal certificate(String pem, WechatV3Signer signer) {
    X509Certificate certificate =
        PemText.single(pem)
            .flatMap(block -> ProviderKeys.readCertificate(block, Problems.none()))
            .orElseThrow(
                () -> new IllegalArgumentException("not a certificate of RSA or SM2 in PEM form"));
    return new PlatformSeal(
        certificate.getSerialNumber().toString(16).toUpperCase(Locale.ROOT),
        signer,
        certificate,
        pem);
  }

  boolean isCertificate() {
    return certificate != null;
  }
}
