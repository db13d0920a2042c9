package io.paidonce.providers.alipay;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.RawBytes;
import io.paidonce.providers.ApiRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes and signs requests. Unlike a notice's signature, a request's covers {@code sign_type} too.
 * All is UTF-8, and so the answers are: which charset an answer is read in must not be chosen by
 * its unsigned headers.
 */
final class AlipayRequests {

  private static final String CONTENT = "biz_content";

  private final String appId;
  private final SignType signType;
  private final PrivateKey key;
  private final Map<String, String> certificates;

  /** In key mode, or with the names of the certificates. */
  AlipayRequests(
      String appId, SignType signType, PrivateKey key, @Nullable Certificates certificates) {
    this.signType = signType;
    this.appId = appId;
    this.key = key;
    this.certificates = certificates == null ? Map.of() : certificates.parameters();
  }

  /** What a request in certificate mode names, so that Alipay verifies and answers by them. */
  record Certificates(String appCertSn, String rootCertSn) {
    Map<String, String> parameters() {
      return Map.of("app_cert_sn", appCertSn, "alipay_root_cert_sn", rootCertSn);
    }
  }

  /**
   * The common parameters in the query, the content in the body, as the provider's library does.
   */
  ApiRequest signed(URI host, String method, ObjectNode content, Instant now) {
    SortedMap<String, String> parameters = new TreeMap<>();
    parameters.put("app_id", appId);
    parameters.put("method", method);
    parameters.put("format", "json");
    parameters.put("charset", "utf-8");
    parameters.put("sign_type", signType.name());
    parameters.put("timestamp", AlipayText.written(now));
    parameters.put("version", "1.0");
    parameters.putAll(certificates);
    parameters.put(CONTENT, content.toString());
    parameters.put("sign", signType.sign(key, signedText(parameters).getBytes(UTF_8)));
    String body = encoded(CONTENT, parameters.get(CONTENT));
    String query =
        parameters.entrySet().stream()
            .filter(parameter -> !parameter.getKey().equals(CONTENT))
            .map(parameter -> encoded(parameter.getKey(), parameter.getValue()))
            .collect(Collectors.joining("&"));
    return new ApiRequest(
        "POST",
        URI.create(host + "/gateway.do?" + query),
        Map.of(
            "Content-Type",
            "application/x-www-form-urlencoded;charset=utf-8",
            "User-Agent",
            "paidonce"),
        RawBytes.of(body.getBytes(US_ASCII)));
  }

  private static String signedText(SortedMap<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String name, String value) {
    return name + "=" + URLEncoder.encode(value, UTF_8);
  }
}
