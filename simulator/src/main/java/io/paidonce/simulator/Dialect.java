package io.paidonce.simulator;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * How a provider behaves beyond its signature: which answer it takes as success, and when it sends
 * again if it got none.
 */
public enum Dialect {
  WECHAT_V3("wechat-v3"),
  WECHAT_V2("wechat-v2"),
  ALIPAY("alipay"),
  HMAC("hmac");

  // One element and nothing around it; the texts may stand in CDATA or not.
  private static final Pattern TAKEN =
      Pattern.compile(
          "<xml><return_code>(<!\\[CDATA\\[SUCCESS]]>|SUCCESS)</return_code>"
              + "(<return_msg>[^<]*(<!\\[CDATA\\[[^<]*]]>)?</return_msg>)?</xml>");

  private final String protocol;

  Dialect(String protocol) {
    this.protocol = protocol;
  }

  /** The id of the protocol, as in the callback's path. */
  public String protocol() {
    return protocol;
  }

  /**
   * The pauses between one attempt and the next, uncompressed; after the last one it gives up:
   * WeChat after 24 h 4 min, Alipay after 24 h 24 min, any other source as Standard Webhooks
   * suggests, after some 75 h.
   */
  public List<Duration> retryDelays() {
    return switch (this) {
      case WECHAT_V3, WECHAT_V2 ->
          seconds(
              15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10_800, 10_800, 10_800, 21_600,
              21_600);
      case ALIPAY -> seconds(240, 600, 600, 3600, 7200, 21_600, 54_000);
      case HMAC -> seconds(5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400);
    };
  }

  /** Whether the provider takes an answer as success and never sends that notice again. */
  public boolean accepts(int status, byte[] body) {
    return switch (this) {
      case WECHAT_V3 -> status == 200 || status == 204;
      case WECHAT_V2 -> status == 200 && TAKEN.matcher(new String(body, US_ASCII)).matches();
      case ALIPAY -> status == 200 && Arrays.equals(body, "success".getBytes(US_ASCII));
      case HMAC -> status >= 200 && status < 300;
    };
  }

  /** What an answer must be for {@link #accepts}, as the end of a sentence. */
  public String successIs() {
    return switch (this) {
      case WECHAT_V3 -> "status 200 or 204";
      case WECHAT_V2 -> "status 200 and <xml> with the return_code SUCCESS";
      case ALIPAY -> "status 200 and the seven bytes success, nothing around them";
      case HMAC -> "any status from 200 to 299";
    };
  }

  /**
   * The dialect of a protocol.
   *
   * @throws IllegalArgumentException if it can't be simulated
   */
  public static Dialect of(String protocol) {
    return Arrays.stream(values())
        .filter(dialect -> dialect.protocol.equals(protocol))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "protocol "
                        + protocol
                        + " can't be simulated; these can: "
                        + Arrays.stream(values()).map(Dialect::protocol).toList()));
  }

  private static List<Duration> seconds(long... seconds) {
    return LongStream.of(seconds).mapToObj(Duration::ofSeconds).toList();
  }
}
