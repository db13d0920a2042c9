package io.paidonce.providers.wechatv3;

import io.paidonce.providers.AccountChecks;
import io.paidonce.providers.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to download the platform's certificates in a merchant's name. It holds our private
 * key, which whoever only receives callbacks has no other use for: left out, the certificates are
 * put into the configuration by hand.
 *
 * @param partnerMchid the sp_mchid whose key signs, in partner mode; absent for a direct merchant
 * @param serialNo of the merchant's API certificate, hexadecimal
 * @param privateKey of that certificate (apiclient_key.pem), PKCS#8; of SM2 certificates of SM2 are
 *     asked for
 * @param hosts base addresses, the preferred one first; the provider's own where left out
 */
public record CertificateSource(
    @Nullable String partnerMchid, String serialNo, Secret privateKey, List<String> hosts) {

  public CertificateSource {
    serialNo = AccountChecks.orEmpty(serialNo);
    privateKey = privateKey == null ? Secret.of("") : privateKey;
    hosts = AccountChecks.orEmpty(hosts);
  }

  WechatV3Credentials credentials(String mchid) {
    return new WechatV3Credentials(
        WechatV3Protocol.ID, mchid, partnerMchid, serialNo, privateKey, hosts);
  }
}
