package io.paidonce.providers.wechatv3;

import io.paidonce.providers.AccountChecks;
import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.Secret;
import java.util.List;

/**
 * One merchant at WeChat Pay.
 *
 * @param protocol {@code wechat-v3}
 * @param id mchid; in partner mode the sub_mchid
 * @param shop the one shop it belongs to
 * @param apiV3Keys the 32-byte APIv3 key; while it is being changed, the new one and then the old
 * @param platformKeys certificates and public keys that WeChat Pay may sign with
 * @param appIds the appids whose payments belong here; empty for any
 */
public record WechatV3Config(
    String protocol,
    String id,
    String shop,
    List<Secret> apiV3Keys,
    List<PlatformKey> platformKeys,
    List<String> appIds)
    implements AccountConfig {

  public WechatV3Config {
    protocol = AccountChecks.orEmpty(protocol);
    id = AccountChecks.orEmpty(id);
    shop = AccountChecks.orEmpty(shop);
    apiV3Keys = AccountChecks.orEmpty(apiV3Keys);
    platformKeys = AccountChecks.orEmpty(platformKeys);
    appIds = AccountChecks.orEmpty(appIds);
  }
}
