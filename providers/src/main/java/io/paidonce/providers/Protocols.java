package io.paidonce.providers;

import io.paidonce.providers.alipay.AlipayApi;
import io.paidonce.providers.alipay.AlipayProtocol;
import io.paidonce.providers.hmac.HmacProtocol;
import io.paidonce.providers.wechatv2.WechatV2Api;
import io.paidonce.providers.wechatv2.WechatV2Protocol;
import io.paidonce.providers.wechatv3.WechatV3Api;
import io.paidonce.providers.wechatv3.WechatV3Protocol;
import java.util.List;
import java.util.Optional;

/** Every protocol that can be spoken. A new one is a package, one line here and its vectors. */
public final class Protocols {

  private static final List<CallbackProtocol<?>> ALL =
      List.of(
          new WechatV3Protocol(), new WechatV2Protocol(), new AlipayProtocol(), new HmacProtocol());

  private static final List<ApiProtocol<?, ?>> ASKED =
      List.of(new WechatV3Api(), new WechatV2Api(), new AlipayApi());

  private Protocols() {}

  /** Those whose callbacks are received. */
  public static List<CallbackProtocol<?>> all() {
    return ALL;
  }

  /** Those whose provider can also be asked. */
  public static List<ApiProtocol<?, ?>> asked() {
    return ASKED;
  }

  /** The protocol of a path segment or of a configuration's {@code protocol}. */
  public static Optional<CallbackProtocol<?>> byId(String id) {
    return ALL.stream().filter(p -> p.id().equals(id)).findFirst();
  }
}
