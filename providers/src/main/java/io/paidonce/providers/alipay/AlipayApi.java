package io.paidonce.providers.alipay;

import io.paidonce.providers.ApiHosts;
import io.paidonce.providers.ApiProtocol;
import io.paidonce.providers.ApiTransport;
import io.paidonce.providers.Problems;
import io.paidonce.providers.ProviderClient;
import io.paidonce.providers.RsaPrivateKeys;
import java.net.URI;
import java.security.PrivateKey;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Alipay's gateway, asked in key mode. */
public final class AlipayApi implements ApiProtocol<AlipayConfig, AlipayCredentials> {

  @Override
  public String id() {
    return AlipayProtocol.ID;
  }

  @Override
  public Class<AlipayConfig> configType() {
    return AlipayConfig.class;
  }

  @Override
  public Class<AlipayCredentials> credentialsType() {
    return AlipayCredentials.class;
  }

  @Override
  public Optional<ProviderClient> open(
      AlipayConfig account,
      AlipayCredentials credentials,
      ApiTransport transport,
      RandomGenerator random,
      Problems problems) {
    int before = problems.lines().size();
    if (!credentials.account().equals(account.id())) {
      problems.in("account").add("is not the account's id, which is " + account.id() + ".");
    }
    PrivateKey key =
        RsaPrivateKeys.read(credentials.privateKey(), problems.in("privateKey")).orElse(null);
    List<URI> hosts = ApiHosts.read(credentials.hosts(), problems.in("hosts"));
    // The account's own protocol has reported what is wrong with these.
    List<AlipayKeys.Key> keys = AlipayKeys.read(account, Problems.none());
    if (keys.isEmpty()) {
      problems.in("account").add("has no Alipay key that an answer could be verified with.");
    }
    if (problems.lines().size() != before || key == null) {
      return Optional.empty();
    }
    return Optional.of(
        new AlipayClient(account, new AlipayRequests(account.id(), key), keys, hosts, transport));
  }
}
