package io.paidonce.providers.wechatv2;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.RawBytes;
import io.paidonce.providers.ApiRequest;
import io.paidonce.providers.RandomText;
import java.net.URI;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Writes and signs requests, for a direct merchant and in a partner's name. */
final class WechatV2Requests {

  private static final int NONCE_LENGTH = 32;

  private final String appid;
  private final String account;
  private final @Nullable String partner;
  private final ApiKey key;
  private final SignType signType;
  private final RandomGenerator random;

  WechatV2Requests(
      WechatV2Config config, String appid, @Nullable String partner, RandomGenerator random) {
    this.appid = appid;
    this.account = config.id();
    this.partner = partner;
    this.key = config.keys().get(0);
    this.signType = config.accepted().get(0);
    this.random = random;
  }

  /** What answers must be signed with: they follow the request. */
  SignType signType() {
    return signType;
  }

  /** With the fields that say what is asked for. */
  ApiRequest signed(URI uri, Map<String, String> asked) {
    SortedMap<String, String> fields = new TreeMap<>(asked);
    fields.put("appid", appid);
    fields.put("mch_id", partner == null ? account : partner);
    if (partner != null) {
      fields.put("sub_mch_id", account);
    }
    fields.put("nonce_str", RandomText.alphanumeric(random, NONCE_LENGTH));
    fields.put(SignType.SIGN_TYPE, signType.wireName());
    fields.put(SignType.SIGN, signType.sign(fields, key.secret()));
    return new ApiRequest(
        "POST",
        uri,
        Map.of("Content-Type", "text/xml; charset=utf-8", "User-Agent", "paidonce"),
        RawBytes.of(XmlFields.written(XmlFields.ROOT, fields).getBytes(UTF_8)));
  }
}
