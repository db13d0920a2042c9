package io.paidonce.providers.wechatv2;

import io.paidonce.providers.AccountChecks;
import io.paidonce.providers.ApiCredentials;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to ask WeChat Pay in API v2. No secret of its own: the key that verifies is the one
 * that signs. What only the merchant may do, a refund, needs its certificate, which is not here.
 *
 * @param protocol {@code wechat-v2}
 * @param account mch_id; in partner mode the sub_mch_id
 * @param appid in whose name it is asked: the merchant's app, in partner mode the partner's
 * @param partnerMchid the partner's mch_id, in partner mode; absent for a direct merchant
 * @param hosts base addresses, the preferred one first; the provider's own where left out
 */
public record WechatV2Credentials(
    String protocol,
    String account,
    String appid,
    @Nullable String partnerMchid,
    List<String> hosts)
    implements ApiCredentials {

  /** The provider's own, and the one it names for when that is not reached. */
  static final List<String> PROVIDER_HOSTS =
      List.of("https://api.mch.weixin.qq.com", "https://api2.mch.weixin.qq.com");

  public WechatV2Credentials {
    protocol = AccountChecks.orEmpty(protocol);
    account = AccountChecks.orEmpty(account);
    appid = AccountChecks.orEmpty(appid);
    hosts = AccountChecks.orEmpty(hosts);
    hosts = hosts.isEmpty() ? PROVIDER_HOSTS : hosts;
  }
}
