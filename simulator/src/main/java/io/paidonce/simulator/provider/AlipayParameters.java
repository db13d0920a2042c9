package io.paidonce.simulator.provider;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.providers.alipay.SignType;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The parameters of a request to Alipay's gateway, those of the query and of the form together, and
 * whether the application signed them. Unlike a notice's, a request's signature covers {@code
 * sign_type}.
 */
final class AlipayParameters {

  private static final Pattern CHARSET = Pattern.compile("(?:^|&)charset=([^&]*)");

  private final SortedMap<String, String> values;
  private final Charset charset;

  private AlipayParameters(Map<String, String> values, Charset charset) {
    this.values = new TreeMap<>(values);
    this.charset = charset;
  }

  static AlipayParameters of(ApiCall call) {
    String form = new String(call.body().bytes(), ISO_8859_1);
    Charset charset = charset(call.query() + "&" + form);
    Map<String, String> values = new HashMap<>();
    for (String pair : (call.query() + "&" + form).split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        values.put(
            decoded(pair.substring(0, equals), charset),
            decoded(pair.substring(equals + 1), charset));
      }
    }
    return new AlipayParameters(values, charset);
  }

  /** Empty where there is none. */
  String get(String name) {
    return values.getOrDefault(name, "");
  }

  /** What the request is written in, and its answer must be. */
  Charset charset() {
    return charset;
  }

  boolean isSignedBy(PublicKey key) {
    String content =
        values.entrySet().stream()
            .filter(value -> !value.getKey().equals("sign") && !value.getValue().isBlank())
            .map(value -> value.getKey() + "=" + value.getValue())
            .collect(Collectors.joining("&"));
    SignType signType = SignType.of(key);
    return get("sign_type").equals(signType.name())
        && signType.verifies(key, get("sign"), content.getBytes(charset));
  }

  private static Charset charset(String pairs) {
    Matcher stated = CHARSET.matcher(pairs);
    String name = stated.find() ? stated.group(1).toLowerCase(Locale.ROOT) : "";
    return switch (name) {
      case "gbk", "gb2312" -> Charset.forName("GBK");
      default -> UTF_8;
    };
  }

  private static String decoded(String text, Charset charset) {
    try {
      return URLDecoder.decode(text, charset);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
