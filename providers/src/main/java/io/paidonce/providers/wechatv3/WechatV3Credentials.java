package io.paidonce.providers.wechatv3;

import io.paidonce.providers.AccountChecks;
import io.paidonce.providers.ApiCredentials;
import io.paidonce.providers.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to ask WeChat Pay as a merchant.
 *
 * @param protocol {@code wechat-v3}
 * @param account mchid; in partner mode the sub_mchid
 * @param partnerMchid the sp_mchid whose key signs, in partner mode; absent for a direct merchant
 * @param serialNo of the merchant's API certificate, hexadecimal
 * @param privateKey of that certificate (apiclient_key.pem), PKCS#8; RSA or SM2, which requests are
 *     then signed with
 * @param hosts base addresses, the preferred one first; the provider's own where left out
 * @param refundNotifyUrl where notices of refunds go that are asked for here: this account's own
 *     callback address; where left out, to what the merchant's console says
 */
public record WechatV3Credentials(
    String protocol,
    String account,
    @Nullable String partnerMchid,
    String serialNo,
    Secret privateKey,
    List<String> hosts,
    @Nullable String refundNotifyUrl)
    implements ApiCredentials {

  /** The provider's own, and the one it names for when that is not reached. */
  static final List<String> PROVIDER_HOSTS =
      List.of("https://api.mch.weixin.qq.com", "https://api2.mch.weixin.qq.com");

  public WechatV3Credentials {
    protocol = AccountChecks.orEmpty(protocol);
    account = AccountChecks.orEmpty(account);
    serialNo = AccountChecks.orEmpty(serialNo);
    privateKey = privateKey == null ? Secret.of("") : privateKey;
    hosts = AccountChecks.orEmpty(hosts);
    hosts = hosts.isEmpty() ? PROVIDER_HOSTS : hosts;
  }

  /** Without an address for notices of refunds. */
  public WechatV3Credentials(
      String protocol,
      String account,
      @Nullable String partnerMchid,
      String serialNo,
      Secret privateKey,
      List<String> hosts) {
    this(protocol, account, partnerMchid, serialNo, privateKey, hosts, null);
  }

  /** Who signs the requests. */
  String signer() {
    return partnerMchid == null ? account : partnerMchid;
  }
}
