package io.paidonce.providers.wechatv2;

import io.paidonce.contract.RefundOutcome;
import io.paidonce.providers.Account;
import io.paidonce.providers.CallbackSigner.PaidNotice;
import io.paidonce.providers.CallbackSigner.RefundNotice;
import io.paidonce.providers.Callbacks;
import io.paidonce.providers.PlayedProvider;
import io.paidonce.providers.Problems;
import io.paidonce.providers.ProviderClient;
import io.paidonce.providers.Secret;
import io.paidonce.providers.wechatv3.WechatV3Fixture;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** The merchant of {@link WechatV3Fixture}, spoken to in API v2, and the platform's side. */
final class WechatV2Fixture {

  static final String MCHID = WechatV3Fixture.MCHID;
  static final String APPID = WechatV3Fixture.APPID;
  static final Secret API_KEY = Secret.of("new-api-v2-key-of-32-characters1");
  static final Secret OLD_API_KEY = Secret.of("old-api-v2-key-of-32-characters2");
  static final String HMAC = "HMAC-SHA256";
  static final String MD5 = "MD5";

  /** The payment that v3 tells of too; here notifications have no id. */
  static final PaidNotice NOTICE =
      new PaidNotice(
          null,
          WechatV3Fixture.NOTICE.transactionId(),
          WechatV3Fixture.NOTICE.orderNo(),
          WechatV3Fixture.NOTICE.amountMinor(),
          WechatV3Fixture.NOTICE.currency(),
          WechatV3Fixture.NOTICE.paidAt());

  static final RefundNotice REFUND =
      new RefundNotice(
          null, NOTICE, "5030000001", "R-1", RefundOutcome.SUCCEEDED, 500, 500, Callbacks.NOW);

  /** In each end that it can come to. */
  static List<RefundNotice> refunds() {
    return Stream.of(RefundOutcome.values())
        .map(
            outcome ->
                new RefundNotice(
                    null, NOTICE, "5030000001", "R-1", outcome, 500, 500, Callbacks.NOW))
        .toList();
  }

  private WechatV2Fixture() {}

  static WechatV2NoticeSigner noticeSigner() {
    return noticeSigner(API_KEY, HMAC);
  }

  static WechatV2NoticeSigner noticeSigner(Secret apiKey, String signType) {
    return new WechatV2NoticeSigner(apiKey, signType, MCHID, APPID, new Random(7));
  }

  static WechatV2Config config(List<String> signTypes, List<String> appIds) {
    return new WechatV2Config(
        WechatV2Protocol.ID, MCHID, "shop-1", List.of(API_KEY, OLD_API_KEY), signTypes, appIds);
  }

  static WechatV2Config config() {
    return config(List.of(HMAC), List.of(APPID));
  }

  static Account account() {
    return account(config());
  }

  static Account account(WechatV2Config config) {
    Problems problems = Problems.none();
    return new WechatV2Protocol()
        .open(config, problems)
        .orElseThrow(() -> new IllegalStateException(problems.lines().toString()));
  }

  static WechatV2Signer signer() {
    return new WechatV2Signer(API_KEY, HMAC);
  }

  static WechatV2Credentials credentials(String partner, String... hosts) {
    return new WechatV2Credentials(WechatV2Protocol.ID, MCHID, APPID, partner, List.of(hosts));
  }

  static ProviderClient client(String host) {
    return client(config(), credentials(null, host));
  }

  static ProviderClient client(WechatV2Config config, WechatV2Credentials credentials) {
    Problems problems = Problems.none();
    return new WechatV2Api()
        .open(config, credentials, PlayedProvider.transport(Callbacks.NOW), new Random(7), problems)
        .orElseThrow(() -> new IllegalStateException(problems.lines().toString()));
  }
}
