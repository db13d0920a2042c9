package io.paidonce.providers.wechatv2;

import io.paidonce.providers.AccountChecks;
import io.paidonce.providers.ApiHosts;
import io.paidonce.providers.ApiProtocol;
import io.paidonce.providers.ApiTransport;
import io.paidonce.providers.Problems;
import io.paidonce.providers.ProviderClient;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** WeChat Pay API v2, asked. */
public final class WechatV2Api implements ApiProtocol<WechatV2Config, WechatV2Credentials> {

  @Override
  public String id() {
    return WechatV2Protocol.ID;
  }

  @Override
  public Class<WechatV2Config> configType() {
    return WechatV2Config.class;
  }

  @Override
  public Class<WechatV2Credentials> credentialsType() {
    return WechatV2Credentials.class;
  }

  @Override
  public Optional<ProviderClient> open(
      WechatV2Config account,
      WechatV2Credentials credentials,
      ApiTransport transport,
      RandomGenerator random,
      Problems problems) {
    int before = problems.lines().size();
    if (!credentials.account().equals(account.id())) {
      problems.in("account").add("is not the account's id, which is " + account.id() + ".");
    }
    if (!AccountChecks.isId(credentials.appid())) {
      problems.in("appid").add("must be the appid in whose name WeChat Pay is asked.");
    }
    @Nullable String partner = credentials.partnerMchid();
    if (partner != null && !AccountChecks.isId(partner)) {
      problems.in("partnerMchid").add("must be the partner's mch_id, or be left out.");
    }
    List<URI> hosts = ApiHosts.read(credentials.hosts(), problems.in("hosts"));
    // The account's own protocol has reported what is wrong with it.
    if (!WechatV2Protocol.isGood(account, Problems.none())) {
      problems.in("account").add("is not configured so that it could be asked for.");
    }
    if (problems.lines().size() != before) {
      return Optional.empty();
    }
    WechatV2Requests requests = new WechatV2Requests(account, credentials.appid(), partner, random);
    return Optional.of(new WechatV2Client(account, partner, requests, hosts, transport));
  }
}
