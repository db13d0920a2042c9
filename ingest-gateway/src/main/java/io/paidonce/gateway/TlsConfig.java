package io.paidonce.gateway;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.paidonce.providers.Secret;

/**
 * What the gateway shows to whoever connects by TLS. Both are texts, as {@code file:tls/chain.pem}
 * fills them in: such files are watched, so that a certificate is exchanged without a restart.
 *
 * @param certificate PEM: the gateway's own first, then the one that issued it, and so on
 * @param key the private key of the first, PKCS#8 PEM, RSA or EC
 */
public record TlsConfig(
    @JsonProperty(required = true) String certificate, @JsonProperty(required = true) Secret key) {

  public TlsConfig {
    requireNonNull(certificate, "certificate");
    requireNonNull(key, "key");
  }
}
