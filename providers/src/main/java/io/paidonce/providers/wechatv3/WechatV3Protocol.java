package io.paidonce.providers.wechatv3;

import io.paidonce.contract.RawBytes;
import io.paidonce.contract.Rejection;
import io.paidonce.providers.Account;
import io.paidonce.providers.AccountChecks;
import io.paidonce.providers.CallbackAnswer;
import io.paidonce.providers.CallbackProtocol;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * WeChat Pay API v3 with RSA or SM2. Its answers go by HTTP status; the body only pleases its logs.
 */
public final class WechatV3Protocol implements CallbackProtocol<WechatV3Config> {

  public static final String ID = "wechat-v3";
  static final String PROVIDER = "wechat";

  private static final String JSON = "application/json";
  private static final int MAX_API_V3_KEYS = 2;
  // 15 s, 15 s, 30 s, 3 m, 10 m, 20 m, 3 × 30 m, 60 m, 3 × 3 h, 2 × 6 h.
  private static final Duration RETRIES = Duration.ofHours(24).plusMinutes(4);
  // Those of payments first, then those of refunds and profit sharing.
  private static final List<String> SOURCES =
      List.of(
          "101.226.103.0/25",
          "140.207.54.0/25",
          "121.51.58.128/25",
          "183.3.234.0/25",
          "58.251.80.0/25",
          "121.51.30.128/25",
          "203.205.219.128/25",
          "81.71.199.64",
          "81.71.198.25",
          "81.71.199.59",
          "175.24.214.208",
          "175.24.211.24",
          "175.24.213.135",
          "109.244.180.23",
          "114.132.203.119",
          "43.139.43.69");

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String provider() {
    return PROVIDER;
  }

  @Override
  public Class<WechatV3Config> configType() {
    return WechatV3Config.class;
  }

  @Override
  public Optional<Account> open(WechatV3Config config, Problems problems) {
    CertificateSource source = config.platformCertificates();
    if (source == null) {
      return open(config, List.of(), problems);
    }
    int before = problems.lines().size();
    WechatV3Credentials credentials = source.credentials(config.id());
    KeyRing configured = read(config, true, problems);
    WechatV3Certificates.check(config, credentials, problems.in("platformCertificates"));
    return problems.lines().size() == before
        ? Optional.of(new RefreshedAccount(config, credentials, configured))
        : Optional.empty();
  }

  @Override
  public Optional<WechatV3Config> published(WechatV3Config config) {
    return Optional.of(
        new WechatV3Config(
            config.protocol(),
            config.id(),
            config.shop(),
            List.of(),
            config.platformKeys(),
            config.appIds(),
            config.combinedMchids(),
            null,
            config.toleranceSeconds()));
  }

  @Override
  public Optional<Account> openPublished(
      WechatV3Config published, Optional<RawBytes> content, Problems problems) {
    int before = problems.lines().size();
    AccountChecks.check(published, problems);
    KeyRing keys = KeyRing.read(published, problems.in("platformKeys"));
    return problems.lines().size() == before
        ? Optional.of(new WechatV3Account(published, keys, new KeptContent(content)))
        : Optional.empty();
  }

  /**
   * The same with certificates of the platform that were downloaded: an account that believes them
   * too. With some of them it needs no configured key.
   */
  public Optional<Account> open(
      WechatV3Config config, List<PlatformCertificate> downloaded, Problems problems) {
    int before = problems.lines().size();
    KeyRing keys = read(config, !downloaded.isEmpty(), problems).with(downloaded);
    return problems.lines().size() == before
        ? Optional.of(new WechatV3Account(config, keys))
        : Optional.empty();
  }

  /** Checks all of a configuration; the keys are incomplete where a problem was reported. */
  private static KeyRing read(WechatV3Config config, boolean hasOtherKeys, Problems problems) {
    AccountChecks.check(config, problems);
    checkApiV3Keys(config.apiV3Keys(), problems.in("apiV3Keys"));
    AccountChecks.checkAppIds(config.appIds(), problems.in("appIds"));
    AccountChecks.checkIds(config.combinedMchids(), "mchid", problems.in("combinedMchids"));
    config.checkTolerance(problems.in("toleranceSeconds"));
    Problems atKeys = problems.in("platformKeys");
    if (config.platformKeys().isEmpty() && !hasOtherKeys) {
      atKeys.add(
          "is missing; give at least one platform certificate or WeChat Pay public key,"
              + " or no callback can be verified.");
    }
    return KeyRing.read(config, atKeys);
  }

  @Override
  public Duration retriesFor() {
    return RETRIES;
  }

  @Override
  public List<String> publishedSources() {
    return SOURCES;
  }

  @Override
  public CallbackAnswer accepted() {
    return new CallbackAnswer(200, JSON, "{\"code\":\"SUCCESS\",\"message\":\"OK\"}");
  }

  @Override
  public CallbackAnswer declined(Rejection rejection) {
    return new CallbackAnswer(
        rejection.httpStatus(), JSON, "{\"code\":\"FAIL\",\"message\":\"not accepted\"}");
  }

  static void checkApiV3Keys(List<Secret> keys, Problems problems) {
    if (keys.isEmpty()) {
      problems.add("is missing; give the merchant's APIv3 key.");
    }
    if (keys.size() > MAX_API_V3_KEYS) {
      problems.add("holds " + keys.size() + " keys; at most the new and the old one belong here.");
    }
    for (int i = 0; i < keys.size(); i++) {
      int bytes = keys.get(i).revealBytes().length;
      if (bytes != ContentCipher.KEY_BYTES) {
        problems
            .at(i)
            .add(
                "is "
                    + bytes
                    + " bytes long; an APIv3 key is exactly "
                    + ContentCipher.KEY_BYTES
                    + " (is there a line break at its end?).");
      }
    }
  }
}
