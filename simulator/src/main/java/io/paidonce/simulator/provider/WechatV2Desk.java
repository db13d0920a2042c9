package io.paidonce.simulator.provider;

import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;

/** WeChat Pay v2 in XML, for the merchants that it was told of. */
final class WechatV2Desk implements ProtocolDesk {

  private final Map<String, WechatV2Merchant> merchants = new ConcurrentHashMap<>();

  void admit(WechatV2Merchant merchant) {
    if (merchants.putIfAbsent(merchant.mchid(), merchant) != null) {
      throw new IllegalArgumentException("merchant " + merchant.mchid() + " is known already");
    }
  }

  @Override
  public boolean isAddressed(ApiCall call) {
    return call.path().startsWith("/pay/");
  }

  @Override
  public Request read(ApiCall call) {
    SortedMap<String, String> fields = WechatV2Fields.read(call.body().bytes());
    return new WechatV2Request(call, fields, merchants.get(fields.getOrDefault("mch_id", "")));
  }
}
