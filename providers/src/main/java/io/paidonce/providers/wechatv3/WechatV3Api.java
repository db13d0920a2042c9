package io.paidonce.providers.wechatv3;

import io.paidonce.providers.AccountChecks;
import io.paidonce.providers.ApiHosts;
import io.paidonce.providers.ApiProtocol;
import io.paidonce.providers.ApiTransport;
import io.paidonce.providers.Problems;
import io.paidonce.providers.ProviderClient;
import io.paidonce.providers.ProviderKeys;
import java.net.URI;
import java.security.PrivateKey;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** WeChat Pay API v3, asked. */
public final class WechatV3Api implements ApiProtocol<WechatV3Config, WechatV3Credentials> {

  private static final Pattern SERIAL = Pattern.compile("[0-9A-Fa-f]{1,64}");

  @Override
  public String id() {
    return WechatV3Protocol.ID;
  }

  @Override
  public Class<WechatV3Config> configType() {
    return WechatV3Config.class;
  }

  @Override
  public Class<WechatV3Credentials> credentialsType() {
    return WechatV3Credentials.class;
  }

  @Override
  public Optional<ProviderClient> open(
      WechatV3Config account,
      WechatV3Credentials credentials,
      ApiTransport transport,
      RandomGenerator random,
      Problems problems) {
    int before = problems.lines().size();
    @Nullable Signing signing = signing(account, credentials, random, problems).orElse(null);
    @Nullable String refundNotifyUrl = credentials.refundNotifyUrl();
    if (refundNotifyUrl != null) {
      ApiHosts.checkNotifyUrl(refundNotifyUrl, problems.in("refundNotifyUrl"));
    }
    // The account's own protocol has reported what is wrong with these.
    KeyRing keys = KeyRing.read(account, Problems.none());
    if (keys.ids().isEmpty()) {
      problems.in("account").add("has no platform key that an answer could be verified with.");
    }
    if (problems.lines().size() != before || signing == null) {
      return Optional.empty();
    }
    @Nullable String partner = credentials.partnerMchid();
    return Optional.of(
        new WechatV3Client(
            account,
            partner,
            new WechatV3Paths(account.id(), partner, refundNotifyUrl),
            signing.signer(credentials, keys.preferredId(Suite.of(signing.key())).orElse(null)),
            keys,
            signing.hosts(),
            transport));
  }

  /** What requests are signed with and where they go. */
  record Signing(PrivateKey key, RandomGenerator random, List<URI> hosts) {

    /** A signer who wants answers signed with a key of the platform. */
    RequestSigner signer(WechatV3Credentials credentials, @Nullable String platformKeyId) {
      return new RequestSigner(
          credentials.signer(), credentials.serialNo(), key, platformKeyId, random);
    }
  }

  /** Checks credentials and says what is wrong with them. */
  static void checkSigning(
      WechatV3Config account, WechatV3Credentials credentials, Problems problems) {
    // The random source is only kept.
    Optional<Signing> unused = signing(account, credentials, () -> 0, problems);
  }

  /** Checks credentials; empty exactly when at least one problem was reported. */
  static Optional<Signing> signing(
      WechatV3Config account,
      WechatV3Credentials credentials,
      RandomGenerator random,
      Problems problems) {
    int before = problems.lines().size();
    if (!credentials.account().equals(account.id())) {
      problems.in("account").add("is not the account's id, which is " + account.id() + ".");
    }
    @Nullable String partner = credentials.partnerMchid();
    if (partner != null && !AccountChecks.isId(partner)) {
      problems.in("partnerMchid").add("must be an sp_mchid, or be left out.");
    }
    if (!SERIAL.matcher(credentials.serialNo()).matches()) {
      problems
          .in("serialNo")
          .add("must be the serial number of the merchant's API certificate, hexadecimal.");
    }
    PrivateKey key =
        ProviderKeys.readPrivate(credentials.privateKey(), problems.in("privateKey")).orElse(null);
    List<URI> hosts = ApiHosts.read(credentials.hosts(), problems.in("hosts"));
    return problems.lines().size() == before && key != null
        ? Optional.of(new Signing(key, random, hosts))
        : Optional.empty();
  }
}
