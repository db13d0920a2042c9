package io.paidonce.simulator.provider;

import static java.util.Objects.requireNonNull;

import io.paidonce.providers.Secret;

/**
 * A merchant as WeChat Pay's old protocol knows it.
 *
 * @param apiKey the APIv2 key, which requests and answers are signed with
 * @param book the same as under the new protocol: trades do not belong to one
 */
public record WechatV2Merchant(String mchid, String appid, Secret apiKey, TradeBook book) {

  public WechatV2Merchant {
    requireNonNull(mchid, "mchid");
    requireNonNull(appid, "appid");
    requireNonNull(apiKey, "apiKey");
    requireNonNull(book, "book");
  }
}
