package io.paidonce.providers.alipay;

import io.paidonce.providers.AccountChecks;
import io.paidonce.providers.AccountConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One application at Alipay.
 *
 * @param protocol {@code alipay}
 * @param id app_id
 * @param shop the one shop it belongs to
 * @param sellerId seller_id (2088…) that its payments go to
 * @param alipayPublicKeys Alipay's public key, bare Base64 or PEM; while it is being changed, the
 *     new one and then the old
 * @param applicationPublicKey the application's own public key, only to notice when it was put in
 *     the place of Alipay's
 * @param alipayCertificates in certificate mode, Alipay's certificates
 *     (alipayCertPublicKey_RSA2.crt), each with who issued it, as PEM; while it is being changed,
 *     both. While the mode is being changed, beside alipayPublicKeys
 * @param rootCertificates in certificate mode, the roots that they must lead to
 *     (alipayRootCert.crt), as PEM
 * @param signType what its messages are signed by, whatever they say: RSA2 where left out, SM2, or
 *     RSA, which is SHA-1 and weak
 */
public record AlipayConfig(
    String protocol,
    String id,
    String shop,
    String sellerId,
    List<String> alipayPublicKeys,
    @Nullable String applicationPublicKey,
    List<String> alipayCertificates,
    @Nullable String rootCertificates,
    @Nullable SignType signType)
    implements AccountConfig {

  public AlipayConfig {
    protocol = AccountChecks.orEmpty(protocol);
    id = AccountChecks.orEmpty(id);
    shop = AccountChecks.orEmpty(shop);
    sellerId = AccountChecks.orEmpty(sellerId);
    alipayPublicKeys = AccountChecks.orEmpty(alipayPublicKeys);
    alipayCertificates = AccountChecks.orEmpty(alipayCertificates);
  }

  /** In key mode. */
  public AlipayConfig(
      String protocol,
      String id,
      String shop,
      String sellerId,
      List<String> alipayPublicKeys,
      @Nullable String applicationPublicKey) {
    this(protocol, id, shop, sellerId, alipayPublicKeys, applicationPublicKey, List.of(), null);
  }

  /** Signed by RSA2. */
  public AlipayConfig(
      String protocol,
      String id,
      String shop,
      String sellerId,
      List<String> alipayPublicKeys,
      @Nullable String applicationPublicKey,
      List<String> alipayCertificates,
      @Nullable String rootCertificates) {
    this(
        protocol,
        id,
        shop,
        sellerId,
        alipayPublicKeys,
        applicationPublicKey,
        alipayCertificates,
        rootCertificates,
        null);
  }

  /** The same, signed by another type. */
  public AlipayConfig signedBy(SignType other) {
    return new AlipayConfig(
        protocol,
        id,
        shop,
        sellerId,
        alipayPublicKeys,
        applicationPublicKey,
        alipayCertificates,
        rootCertificates,
        other);
  }

  SignType signature() {
    return signType == null ? SignType.RSA2 : signType;
  }

  /** Without the keys: someone may have pasted a private one. */
  @Override
  public String toString() {
    return "AlipayConfig[id=" + id + ", shop=" + shop + ", sellerId=" + sellerId + "]";
  }
}
