package io.paidonce.providers.wechatv3;

import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.Rejection;
import io.paidonce.providers.Account;
import io.paidonce.providers.AccountKey;
import io.paidonce.providers.ApiTransport;
import io.paidonce.providers.Ask;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.KeyDownload;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Verdict;
import io.paidonce.providers.wechatv3.CertificateDownload.Downloaded;
import io.paidonce.providers.wechatv3.CertificateDownload.Failed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * An account whose platform certificates are downloaded while it is served. A request is judged by
 * the keys that were there when it came; a download exchanges all of them at once, and one that
 * fails none. Configured keys stay beside them: while a merchant goes over to the public key, both
 * sign.
 */
final class RefreshedAccount implements Account, KeyDownload {

  private final WechatV3Config config;
  private final WechatV3Credentials credentials;
  private final KeyRing configured;
  private volatile Keys now;
  // Set by requests, cleared by a download: however many wish, one is granted.
  private volatile boolean wished;

  /** What a request is judged by, and where it came from; exchanged together. */
  private record Keys(PlatformCertificates certificates, WechatV3Account account, int failures) {}

  RefreshedAccount(WechatV3Config config, WechatV3Credentials credentials, KeyRing configured) {
    this.config = config;
    this.credentials = credentials;
    this.configured = configured;
    this.now = keys(PlatformCertificates.none(), 0);
  }

  private Keys keys(PlatformCertificates certificates, int failures) {
    return new Keys(
        certificates,
        new WechatV3Account(config, configured.with(certificates.certificates())),
        failures);
  }

  @Override
  public boolean isDue(Instant at) {
    PlatformCertificates certificates = now.certificates();
    return certificates.isDue(at) || (wished && certificates.mayAsk(at));
  }

  @Override
  public synchronized Result download(
      ApiTransport transport, RandomGenerator random, String deliveryId, Instant at) {
    Keys before = now;
    wished = false;
    PlatformCertificates tried = before.certificates().tried(at);
    now = new Keys(tried, before.account(), before.failures());
    CertificateDownload download =
        certificates(transport, random)
            .download(tried.certificates(), new Ask(deliveryId, at, before.failures()));
    PlatformCertificates after = tried.after(download);
    int count = after.certificates().size();
    if (download instanceof Failed failed) {
      // The next try goes to the next host.
      now = new Keys(after, before.account(), before.failures() + 1);
      return new Result(count, false, failed.why(), failed.explanation());
    }
    boolean changed = !after.certificates().equals(tried.certificates());
    now = changed ? keys(after, 0) : new Keys(after, before.account(), 0);
    return new Result(count, changed, null, told((Downloaded) download));
  }

  @Override
  public synchronized void continueFrom(KeyDownload earlier) {
    if (earlier instanceof RefreshedAccount same) {
      Keys last = same.now;
      now = keys(last.certificates(), last.failures());
    }
  }

  private WechatV3Certificates certificates(ApiTransport transport, RandomGenerator random) {
    Problems problems = Problems.none();
    return WechatV3Certificates.open(config, credentials, transport, random, problems)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "what was checked at opening is wrong now: " + problems.lines()));
  }

  private static String told(Downloaded downloaded) {
    return downloaded.certificates().isEmpty()
        ? "the platform says that this merchant has public keys only"
        : String.join(
            ", ",
            downloaded.certificates().stream()
                .map(c -> c.serial() + " (" + c.validFrom() + " to " + c.validUntil() + ")")
                .toList());
  }

  @Override
  public Optional<KeyDownload> keyDownload() {
    return Optional.of(this);
  }

  @Override
  public String id() {
    return config.id();
  }

  @Override
  public String shop() {
    return config.shop();
  }

  @Override
  public List<AccountKey> keys() {
    return now.account().keys();
  }

  @Override
  public Optional<String> keyNamedIn(CallbackRequest request) {
    return now.account().keyNamedIn(request);
  }

  @Override
  public Verdict receive(CallbackRequest request) {
    Verdict verdict = now.account().receive(request);
    if (verdict instanceof Verdict.Refused refused
        && refused.rejection() == Rejection.UNKNOWN_KEY
        && keyNamedIn(request)
            .filter(id -> !id.startsWith(KeyRing.PUBLIC_KEY_PREFIX))
            .isPresent()) {
      // A public key is not downloaded, so there is nothing to wish for.
      wished = true;
    }
    return verdict;
  }

  @Override
  public Verdict receiveAnswer(CallbackRequest answer) {
    return now.account().receiveAnswer(answer);
  }

  @Override
  public Optional<RawBytes> decrypted(PaymentNotification stored) {
    return now.account().decrypted(stored);
  }
}
