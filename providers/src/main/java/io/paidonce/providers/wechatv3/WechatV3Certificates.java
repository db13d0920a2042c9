package io.paidonce.providers.wechatv3;

import io.paidonce.providers.ApiReply;
import io.paidonce.providers.ApiTransport;
import io.paidonce.providers.Ask;
import io.paidonce.providers.Outcome.Unknown;
import io.paidonce.providers.Problems;
import io.paidonce.providers.wechatv3.CertificateDownload.Failed;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Downloads the platform's certificates in one merchant's name. One request each time: when, is
 * {@link PlatformCertificates}' word. Thread-safe.
 */
public final class WechatV3Certificates {

  private static final String PATH = "/v3/certificates";

  private final WechatV3Config config;
  private final WechatV3Credentials credentials;
  private final WechatV3Api.Signing signing;
  private final ApiTransport transport;

  private WechatV3Certificates(
      WechatV3Config config,
      WechatV3Credentials credentials,
      WechatV3Api.Signing signing,
      ApiTransport transport) {
    this.config = config;
    this.credentials = credentials;
    this.signing = signing;
    this.transport = transport;
  }

  /**
   * For an account, checking all key material.
   *
   * @param config without any platform key, the first download is believed by its own certificates
   * @return empty exactly when at least one problem was reported
   */
  public static Optional<WechatV3Certificates> open(
      WechatV3Config config,
      WechatV3Credentials credentials,
      ApiTransport transport,
      RandomGenerator random,
      Problems problems) {
    int before = problems.lines().size();
    WechatV3Protocol.checkApiV3Keys(config.apiV3Keys(), problems.in("apiV3Keys"));
    return WechatV3Api.signing(config, credentials, random, problems)
        .filter(signing -> problems.lines().size() == before)
        .map(signing -> new WechatV3Certificates(config, credentials, signing, transport));
  }

  /** Reports what is wrong with the credentials; the account's own protocol reports the rest. */
  static void check(WechatV3Config config, WechatV3Credentials credentials, Problems problems) {
    WechatV3Api.checkSigning(config, credentials, problems);
  }

  /** How many hosts it can be asked at, the preferred one first. */
  public int hosts() {
    return signing.hosts().size();
  }

  /**
   * Asks once.
   *
   * @param lastGood what was downloaded before, which may have signed the answer
   */
  public CertificateDownload download(List<PlatformCertificate> lastGood, Ask ask) {
    KeyRing known = KeyRing.read(config, Problems.none()).with(lastGood);
    Suite suite = Suite.of(signing.key());
    String path = suite == Suite.SM ? PATH + "?algorithm_type=SM2" : PATH;
    URI uri = URI.create(signing.hosts().get(ask.host() % signing.hosts().size()) + path);
    ApiReply reply =
        transport.send(
            signing
                .signer(credentials, known.preferredId(suite).orElse(null))
                .signed("GET", uri, "", ask.now()));
    return reply instanceof ApiReply.Answered answered
        ? new CertificateAnswer(config, known, suite)
            .judged(answered, answered.asRequest(ask.deliveryId()))
        : Failed.of(Unknown.of((ApiReply.Failed) reply));
  }
}
