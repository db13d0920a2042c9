package io.paidonce.providers.alipay;

import io.paidonce.contract.Rejection;
import io.paidonce.providers.Account;
import io.paidonce.providers.AccountChecks;
import io.paidonce.providers.CallbackAnswer;
import io.paidonce.providers.CallbackProtocol;
import io.paidonce.providers.Problems;
import java.time.Duration;
import java.util.Optional;

/** Alipay's asynchronous notices. Its answers go by the body: exactly seven bytes mean success. */
public final class AlipayProtocol implements CallbackProtocol<AlipayConfig> {

  public static final String ID = "alipay";
  static final String PROVIDER = "alipay";

  private static final String TEXT = "text/plain";
  // 4 m, 10 m, 10 m, 1 h, 2 h, 6 h, 15 h: 24 h 24 min, which Alipay itself rounds up.
  private static final Duration RETRIES = Duration.ofHours(25);

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String provider() {
    return PROVIDER;
  }

  @Override
  public Class<AlipayConfig> configType() {
    return AlipayConfig.class;
  }

  @Override
  public Optional<Account> open(AlipayConfig config, Problems problems) {
    int before = problems.lines().size();
    AccountChecks.check(config, problems);
    if (config.sellerId().isBlank()) {
      problems.in("sellerId").add("is missing; give the seller_id (2088…) that payments go to.");
    } else if (!AccountChecks.isId(config.sellerId())) {
      problems
          .in("sellerId")
          .add("must be a seller_id (2088…): 1 to 64 letters or digits, no line break at its end.");
    }
    AlipayKeys keys = AlipayKeys.read(config, problems);
    return problems.lines().size() == before
        ? Optional.of(new AlipayAccount(config, keys))
        : Optional.empty();
  }

  @Override
  public Optional<AlipayConfig> published(AlipayConfig config) {
    return Optional.of(
        new AlipayConfig(
            config.protocol(),
            config.id(),
            config.shop(),
            config.sellerId(),
            config.alipayPublicKeys(),
            null,
            config.alipayCertificates(),
            config.rootCertificates(),
            config.signType()));
  }

  @Override
  public Duration retriesFor() {
    return RETRIES;
  }

  @Override
  public CallbackAnswer accepted() {
    return new CallbackAnswer(200, TEXT, "success");
  }

  @Override
  public CallbackAnswer declined(Rejection rejection) {
    return new CallbackAnswer(rejection.httpStatus(), TEXT, "fail");
  }
}
