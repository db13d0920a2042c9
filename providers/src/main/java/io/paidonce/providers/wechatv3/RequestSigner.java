package io.paidonce.providers.wechatv3;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.RawBytes;
import io.paidonce.providers.ApiRequest;
import io.paidonce.providers.KeySignature;
import io.paidonce.providers.RandomText;
import java.net.URI;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Signs requests with the merchant's key, over exactly what is sent. */
final class RequestSigner {

  private static final int NONCE_LENGTH = 32;

  private final String mchid;
  private final String serialNo;
  private final PrivateKey key;
  private final @Nullable String platformKeyId;
  private final RandomGenerator random;

  /**
   * In a merchant's or partner's name.
   *
   * @param platformKeyId the key that answers are to be signed with; absent for a certificate of
   *     the platform's choice
   */
  RequestSigner(
      String mchid,
      String serialNo,
      PrivateKey key,
      @Nullable String platformKeyId,
      RandomGenerator random) {
    this.mchid = mchid;
    this.serialNo = serialNo;
    this.key = key;
    this.platformKeyId = platformKeyId;
    this.random = random;
  }

  ApiRequest signed(String method, URI uri, String body, Instant now) {
    String timestamp = Long.toString(now.getEpochSecond());
    String nonce = RandomText.alphanumeric(random, NONCE_LENGTH);
    String signature =
        KeySignature.sign(key, message(method, uri, timestamp, nonce, body).getBytes(UTF_8));
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Accept", "application/json");
    headers.put("Content-Type", "application/json");
    headers.put("User-Agent", "paidonce");
    if (platformKeyId != null) {
      headers.put("Wechatpay-Serial", platformKeyId);
    }
    headers.put(
        "Authorization",
        Suite.of(key).signatureType()
            + " mchid=\""
            + mchid
            + "\",nonce_str=\""
            + nonce
            + "\",timestamp=\""
            + timestamp
            + "\",serial_no=\""
            + serialNo
            + "\",signature=\""
            + signature
            + "\"");
    return new ApiRequest(method, uri, headers, RawBytes.of(body.getBytes(UTF_8)));
  }

  /** What is signed: five lines, each of them ended, path and query as they are sent. */
  static String message(String method, URI uri, String timestamp, String nonce, String body) {
    String query = uri.getRawQuery();
    String target = query == null ? uri.getRawPath() : uri.getRawPath() + "?" + query;
    return method + "\n" + target + "\n" + timestamp + "\n" + nonce + "\n" + body + "\n";
  }
}
