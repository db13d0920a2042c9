package io.paidonce.simulator.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.RawBytes;
import io.paidonce.providers.SignedCallback;
import io.paidonce.simulator.Dialect;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request to WeChat Pay. Without a right signature of a known merchant nothing is done. */
final class WechatV3Request implements Request {

  private static final String SIGNATURE = "Wechatpay-Signature";
  private static final String SERIAL = "Wechatpay-Serial";

  private final ApiCall call;
  private final MerchantSignature signature;
  private final @Nullable WechatV3Merchant merchant;
  private final WechatV3Question question;
  private final Instant now;

  WechatV3Request(
      ApiCall call,
      MerchantSignature signature,
      @Nullable WechatV3Merchant merchant,
      WechatV3Question question,
      Instant now) {
    this.call = call;
    this.signature = signature;
    this.merchant = merchant;
    this.question = question;
    this.now = now;
  }

  @Override
  public Asked asked() {
    String account = question.subMchid().isEmpty() ? signature.mchid() : question.subMchid();
    return new Asked(Dialect.WECHAT_V3.protocol(), account, question.kind(), question.order());
  }

  @Override
  public Said carryOut() {
    if (merchant == null || !isAuthentic(merchant)) {
      return WechatV3Errand.unsigned(401, "SIGN_ERROR", "签名错误");
    }
    if (call.header("User-Agent").isBlank() || !acceptsJson()) {
      return WechatV3Errand.unsigned(400, "PARAM_ERROR", "缺少 User-Agent 或 Accept");
    }
    return new WechatV3Errand(merchant, question, now).carriedOut();
  }

  @Override
  public Said aboutAnother() {
    return merchant == null || !isAuthentic(merchant)
        ? carryOut()
        : new WechatV3Errand(merchant, question, now).aboutAnother();
  }

  @Override
  public Said notFound() {
    return WechatV3Errand.notFound(question.kind());
  }

  @Override
  public Said throttled() {
    return WechatV3Errand.unsigned(429, "FREQUENCY_LIMITED", "频率限制");
  }

  @Override
  public Said failed() {
    return WechatV3Errand.unsigned(500, "SYSTEM_ERROR", "系统错误");
  }

  @Override
  public ApiAnswer written(Said said, Hand hand) {
    ObjectNode content = said.content();
    RawBytes body = RawBytes.of(content == null ? new byte[0] : content.toString().getBytes(UTF_8));
    if (merchant == null || hand == Hand.NOBODY) {
      return new ApiAnswer(said.status(), Map.of("Content-Type", "application/json"), body);
    }
    return new ApiAnswer(said.status(), headers(merchant, body, hand), body);
  }

  private Map<String, String> headers(WechatV3Merchant asking, RawBytes body, Hand hand) {
    PlatformSeal seal = asking.seal(call.header(SERIAL));
    RawBytes signed = hand == Hand.WRONG ? RawBytes.of("{}{}".getBytes(UTF_8)) : body;
    SignedCallback right = seal.signer().body(signed, now);
    Map<String, String> headers = new HashMap<>(right.headers());
    if (hand == Hand.STRANGER) {
      headers.put(SERIAL, "7F00000000000000000000000000000000000001");
    } else if (hand == Hand.PROBE) {
      String signature = requireNonNull(headers.get(SIGNATURE), SIGNATURE);
      headers.put(SIGNATURE, "WECHATPAY/SIGNTEST/" + signature.substring(19));
    }
    return headers;
  }

  private boolean isAuthentic(WechatV3Merchant claimed) {
    return signature.isRecent(now)
        && claimed
            .certificate(signature.serialNo())
            .map(key -> signature.signs(call, key))
            .orElse(false);
  }

  private boolean acceptsJson() {
    String accept = call.header("Accept");
    return accept.contains("application/json") || accept.contains("*/*");
  }
}
