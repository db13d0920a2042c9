package io.paidonce.providers.wechatv2;

import io.paidonce.providers.AccountChecks;
import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.Secret;
import java.util.List;

/**
 * One merchant at WeChat Pay, spoken to in API v2. Where the same merchant speaks v3 as well, both
 * name the same shop and the same appIds, or one payment would be told as two different ones.
 *
 * @param protocol {@code wechat-v2}
 * @param id mch_id; in partner mode the sub_mch_id
 * @param shop the one shop it belongs to
 * @param apiKeys the APIv2 key of 32 characters; while it is being changed, the new one and then
 *     the old. In partner mode the partner's
 * @param signTypes {@code HMAC-SHA256}, {@code MD5} or both: what is believed, and the first is
 *     what requests are signed with; HMAC-SHA256 where left out
 * @param appIds the appids whose payments belong here; empty for any
 */
public record WechatV2Config(
    String protocol,
    String id,
    String shop,
    List<Secret> apiKeys,
    List<String> signTypes,
    List<String> appIds)
    implements AccountConfig {

  public WechatV2Config {
    protocol = AccountChecks.orEmpty(protocol);
    id = AccountChecks.orEmpty(id);
    shop = AccountChecks.orEmpty(shop);
    apiKeys = AccountChecks.orEmpty(apiKeys);
    signTypes = AccountChecks.orEmpty(signTypes);
    signTypes = signTypes.isEmpty() ? List.of(SignType.HMAC_SHA256.wireName()) : signTypes;
    appIds = AccountChecks.orEmpty(appIds);
  }

  List<ApiKey> keys() {
    return apiKeys.stream().map(ApiKey::of).toList();
  }

  /** Of a configuration that was checked. */
  List<SignType> accepted() {
    return signTypes.stream().map(name -> SignType.named(name).orElseThrow()).toList();
  }
}
