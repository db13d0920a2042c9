package io.paidonce.providers.wechatv2;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.paidonce.contract.RawBytes;
import io.paidonce.providers.Secret;
import io.paidonce.providers.SignedCallback;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * WeChat Pay's side of an answer: signs any fields, so that hostile content can come with a good
 * signature. For simulation only.
 */
public final class WechatV2Signer {

  private final Secret apiKey;
  private final SignType signType;

  /**
   * With the key that both sides share.
   *
   * @param signType {@code MD5} or {@code HMAC-SHA256}
   */
  public WechatV2Signer(Secret apiKey, String signType) {
    this.apiKey = requireNonNull(apiKey, "apiKey");
    this.signType =
        SignType.named(signType)
            .orElseThrow(() -> new IllegalArgumentException("no such sign_type: " + signType));
  }

  /** The fields with their signature; a {@code sign} among them is replaced. */
  public SignedCallback answer(Map<String, String> fields) {
    SortedMap<String, String> signed = new TreeMap<>(fields);
    signed.put(SignType.SIGN, signType.sign(fields, apiKey));
    String xml = XmlFields.written(XmlFields.ROOT, signed);
    return new SignedCallback(
        Map.of("Content-Type", "text/xml; charset=utf-8"), RawBytes.of(xml.getBytes(UTF_8)));
  }

  /**
   * The signature of a request's fields, to judge whether it is the merchant's.
   *
   * @param fields with or without their own {@code sign}
   */
  public String sign(Map<String, String> fields) {
    return signType.sign(fields, apiKey);
  }
}
