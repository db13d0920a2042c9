package io.paidonce.simulator.provider;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** WeChat Pay API v3, for the merchants that it was told of. */
final class WechatV3Desk implements ProtocolDesk {

  private final InstantSource clock;
  private final Map<String, WechatV3Merchant> merchants = new ConcurrentHashMap<>();

  WechatV3Desk(InstantSource clock) {
    this.clock = clock;
  }

  void admit(WechatV3Merchant merchant) {
    if (merchants.putIfAbsent(merchant.mchid(), merchant) != null) {
      throw new IllegalArgumentException("merchant " + merchant.mchid() + " is known already");
    }
  }

  @Override
  public boolean isAddressed(ApiCall call) {
    return call.path().startsWith("/v3/");
  }

  @Override
  public Request read(ApiCall call) {
    MerchantSignature signature = MerchantSignature.of(call);
    return new WechatV3Request(
        call,
        signature,
        merchants.get(signature.mchid()),
        WechatV3Question.of(call),
        clock.instant());
  }
}
