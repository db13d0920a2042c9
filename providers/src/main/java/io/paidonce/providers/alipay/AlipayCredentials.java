package io.paidonce.providers.alipay;

import io.paidonce.providers.AccountChecks;
import io.paidonce.providers.ApiCredentials;
import io.paidonce.providers.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to ask Alipay as an application.
 *
 * @param protocol {@code alipay}
 * @param account app_id
 * @param privateKey the application's own, PKCS#8, bare Base64 or PEM
 * @param hosts base addresses; the provider's own where left out
 * @param applicationCertificate in certificate mode, the application's own
 *     (appCertPublicKey_….crt), as PEM; absent in key mode
 */
public record AlipayCredentials(
    String protocol,
    String account,
    Secret privateKey,
    List<String> hosts,
    @Nullable String applicationCertificate)
    implements ApiCredentials {

  static final List<String> PROVIDER_HOSTS = List.of("https://openapi.alipay.com");

  public AlipayCredentials {
    protocol = AccountChecks.orEmpty(protocol);
    account = AccountChecks.orEmpty(account);
    privateKey = privateKey == null ? Secret.of("") : privateKey;
    hosts = AccountChecks.orEmpty(hosts);
    hosts = hosts.isEmpty() ? PROVIDER_HOSTS : hosts;
  }

  /** In key mode. */
  public AlipayCredentials(String protocol, String account, Secret privateKey, List<String> hosts) {
    this(protocol, account, privateKey, hosts, null);
  }
}
