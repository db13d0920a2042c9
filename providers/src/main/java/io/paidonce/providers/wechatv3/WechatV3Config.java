package io.paidonce.providers.wechatv3;

import io.paidonce.providers.AccountChecks;
import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Secret;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One merchant at WeChat Pay.
 *
 * @param protocol {@code wechat-v3}
 * @param id mchid; in partner mode the sub_mchid
 * @param shop the one shop it belongs to
 * @param apiV3Keys the 32-byte APIv3 key; while it is being changed, the new one and then the old
 * @param platformKeys certificates and public keys that WeChat Pay may sign with
 * @param appIds the appids whose payments belong here; empty for any
 * @param combinedMchids merchants besides this one that sub orders of its combined payments may
 *     pay; empty for none
 * @param platformCertificates how the platform's certificates are downloaded; where left out they
 *     are put into platformKeys by hand
 * @param toleranceSeconds a callback whose signed time is that far from our clock, either side, is
 *     refused; 300 if left out
 */
public record WechatV3Config(
    String protocol,
    String id,
    String shop,
    List<Secret> apiV3Keys,
    List<PlatformKey> platformKeys,
    List<String> appIds,
    List<String> combinedMchids,
    @Nullable CertificateSource platformCertificates,
    @Nullable Integer toleranceSeconds)
    implements AccountConfig {

  private static final int LONGEST_TOLERANCE_SECONDS = 3_600;

  public WechatV3Config {
    protocol = AccountChecks.orEmpty(protocol);
    id = AccountChecks.orEmpty(id);
    shop = AccountChecks.orEmpty(shop);
    apiV3Keys = AccountChecks.orEmpty(apiV3Keys);
    platformKeys = AccountChecks.orEmpty(platformKeys);
    appIds = AccountChecks.orEmpty(appIds);
    combinedMchids = AccountChecks.orEmpty(combinedMchids);
  }

  /** Without downloads. */
  public WechatV3Config(
      String protocol,
      String id,
      String shop,
      List<Secret> apiV3Keys,
      List<PlatformKey> platformKeys,
      List<String> appIds,
      List<String> combinedMchids) {
    this(protocol, id, shop, apiV3Keys, platformKeys, appIds, combinedMchids, null, null);
  }

  /** The same with platform certificates that are downloaded. */
  public WechatV3Config downloading(CertificateSource source) {
    return new WechatV3Config(
        protocol,
        id,
        shop,
        apiV3Keys,
        platformKeys,
        appIds,
        combinedMchids,
        source,
        toleranceSeconds);
  }

  /** The same with another tolerance. */
  public WechatV3Config tolerating(int seconds) {
    return new WechatV3Config(
        protocol,
        id,
        shop,
        apiV3Keys,
        platformKeys,
        appIds,
        combinedMchids,
        platformCertificates,
        seconds);
  }

  Duration tolerance() {
    return toleranceSeconds == null
        ? SignatureCheck.TOLERANCE
        : Duration.ofSeconds(toleranceSeconds);
  }

  void checkTolerance(Problems problems) {
    if (toleranceSeconds != null
        && (toleranceSeconds < 1 || toleranceSeconds > LONGEST_TOLERANCE_SECONDS)) {
      problems.add(
          "is " + toleranceSeconds + "; it must be 1 to " + LONGEST_TOLERANCE_SECONDS + ".");
    }
  }

  /** Whether money to that merchant, or back from it, belongs to this account. */
  boolean mayReceive(String mchid) {
    return mchid.equals(id) || combinedMchids.contains(mchid);
  }
}
