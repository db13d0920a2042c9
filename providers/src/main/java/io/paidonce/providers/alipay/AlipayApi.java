package io.paidonce.providers.alipay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.providers.ApiHosts;
import io.paidonce.providers.ApiProtocol;
import io.paidonce.providers.ApiTransport;
import io.paidonce.providers.Problems;
import io.paidonce.providers.ProviderClient;
import io.paidonce.providers.alipay.AlipayRequests.Certificates;
import java.net.URI;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Alipay's gateway, asked in key mode or in certificate mode. */
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
        account
            .signature()
            .readPrivate(credentials.privateKey(), problems.in("privateKey"))
            .orElse(null);
    List<URI> hosts = ApiHosts.read(credentials.hosts(), problems.in("hosts"));
    // The account's own protocol has reported what is wrong with these.
    AlipayKeys keys = AlipayKeys.read(account, Problems.none());
    if (keys.isEmpty()) {
      problems.in("account").add("has no Alipay key that an answer could be verified with.");
    }
    @Nullable Certificates certificates =
        certificates(account, keys, credentials, key, problems).orElse(null);
    if (problems.lines().size() != before || key == null) {
      return Optional.empty();
    }
    AlipayRequests requests =
        new AlipayRequests(account.id(), account.signature(), key, certificates);
    return Optional.of(new AlipayClient(account, requests, keys, hosts, transport));
  }

  // Answers follow the mode of the request: it must be one whose answers can be verified.
  private static Optional<Certificates> certificates(
      AlipayConfig account,
      AlipayKeys keys,
      AlipayCredentials credentials,
      @Nullable PrivateKey key,
      Problems problems) {
    @Nullable String pem = credentials.applicationCertificate();
    Problems here = problems.in("applicationCertificate");
    if (pem == null) {
      if (keys.hasCertificates() && !keys.hasPublicKeys()) {
        here.add("is missing; the account is in certificate mode (alipayCertificates).");
      }
      return Optional.empty();
    }
    Optional<AlipayRoots> roots = AlipayKeys.roots(account, Problems.none());
    if (roots.isEmpty() || !keys.hasCertificates()) {
      here.add("is for certificate mode, but the account has no usable alipayCertificates.");
      return Optional.empty();
    }
    List<X509Certificate> own = roots.get().certificates(pem, here);
    if (own.isEmpty()) {
      return Optional.empty();
    }
    if (key != null && !isOf(own.get(0), key, account.signature())) {
      here.add("is not of privateKey: its public key is another one.");
    }
    return Optional.of(new Certificates(CertificateSn.of(own.get(0)), roots.get().sn()));
  }

  private static boolean isOf(X509Certificate certificate, PrivateKey key, SignType signType) {
    byte[] probe = "which key is this".getBytes(UTF_8);
    return signType.verifies(certificate.getPublicKey(), signType.sign(key, probe), probe);
  }
}
